#!/usr/bin/env bash
# Debian packages r-base-core and r-cran-psych (psych 2.2.9, lme4 1.1-31, R 4.2.2 in Debian 12), because psych is on no other registry
# here; ends with 2 without them. Seen on 2026-11-30.
# Guess: psych's ICC() prints the six forms of Shrout and Fleiss; where jurors hardly differ, ICC(3,1), which leaves their
#        severity aside, is a little below ICC(1,1) or above it, and ICC(2,1) between them, as the formulas from mean squares say.
# Seen:  by default (lmer = TRUE) all three are the same number, 0.817, where the formulas give 0.817, 0.812 and 0.767: a mixed
#        model is fitted, in which the variance of jurors can't be negative; it becomes 0, and every form becomes the first. With
#        lmer = FALSE the formulas' figures come.
# Where: agreement of a jury with few entries. A report that quotes “ICC(3,1)” from psych and one that follows the paper differ.
set -euo pipefail
command -v Rscript > /dev/null && Rscript -e 'library(psych); library(lme4)' > /dev/null 2>&1 || { echo "needs r-base-core, r-cran-psych, r-cran-lme4"; exit 2; }
Rscript - <<'R'
suppressPackageStartupMessages(library(psych))
marks <- matrix(c(8, 6, 1, 3, 9, 7, 3, 4), ncol = 2, byrow = TRUE)  # four entries, two jurors
forms <- c("ICC1", "ICC2", "ICC3")
of <- function(found) setNames(found$results$ICC, found$results$type)[forms]
usual <- of(suppressMessages(ICC(marks)))
formulas <- of(ICC(marks, lmer = FALSE))
cat(R.version.string, "psych", as.character(packageVersion("psych")), "\n")
print(rbind(usual, formulas))
stopifnot(max(abs(usual - 58 / 71)) < 1e-3)
stopifnot(max(abs(formulas - c(58 / 71, 56 / 69, 56 / 73))) < 1e-6)
R
