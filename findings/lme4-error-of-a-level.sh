#!/usr/bin/env bash
# Debian packages r-base-core and r-cran-lme4 (lme4 1.1-31, R 4.2.2 in Debian 12), because lme4 is on no other registry here; ends
# with 2 without them. Seen on 2026-11-30.
# Guess: the “conditional standard deviations” that ranef(condVar = TRUE) gives for a crossed effect are the standard errors of its
#        predictions, as Henderson's mixed model equations give them (that is how they are drawn as intervals by dotplot).
# Seen:  they hold the fixed effects as known. With four jurors on six entries (Shrout and Fleiss's table) a juror's is 0.685 where
#        the equations, which count that the mean was estimated from the same four jurors, give 1.198, three quarters more; and
#        with few levels it never shrinks below the error of the mean, however many entries there are.
# Where: intervals for the severity of jurors, markers or laboratories, of which there are always few.
set -euo pipefail
command -v Rscript > /dev/null && Rscript -e 'library(lme4)' > /dev/null 2>&1 || { echo "needs r-base-core, r-cran-lme4"; exit 2; }
Rscript - <<'R'
suppressPackageStartupMessages(library(lme4))
marks <- matrix(c(9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7), ncol = 4, byrow = TRUE)
long <- data.frame(mark = as.vector(marks), entry = factor(rep(1:6, 4)), juror = factor(rep(1:4, each = 6)))
fit <- lmer(mark ~ 1 + (1 | entry) + (1 | juror), long)
conditional <- sqrt(attr(ranef(fit, condVar = TRUE)$juror, "postVar")[1, 1, ])
variance <- sapply(VarCorr(fit), function(v) v[1, 1])
rest <- sigma(fit)^2
errors <- function(design) {  # of the jurors: the last four of the inverse's diagonal
  ratio <- c(rep(0, ncol(design) - 10), rep(rest / variance[["entry"]], 6), rep(rest / variance[["juror"]], 4))
  cover <- solve(crossprod(design) + diag(ratio)) * rest
  sqrt(tail(diag(cover), 4))
}
effects <- cbind(model.matrix(~ 0 + entry, long), model.matrix(~ 0 + juror, long))
cat(R.version.string, "lme4", as.character(packageVersion("lme4")), "\n")
print(rbind(conditional, mean_known = errors(effects), mean_estimated = errors(cbind(1, effects))))
stopifnot(max(abs(conditional - 0.6845)) < 1e-3)
stopifnot(max(abs(conditional - errors(effects))) < 1e-3)
stopifnot(max(abs(errors(cbind(1, effects)) - 1.1977)) < 1e-3)
R
