import java.io.FileInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** One line per file and flavour, tab-separated: file, flavour, "passed" or "failed", number of checks; then one line per failed rule. */
public class VeraPdf {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1)) {
                try (InputStream in = new FileInputStream(file);
                        PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                    ValidationResult result = validator.validate(parser);
                    System.out.println(String.join("\t", "file", file, flavour.getId(), result.isCompliant() ? "passed" : "failed",
                            String.valueOf(result.getTotalAssertions())));
                    Map<String, Integer> times = new TreeMap<>();
                    Map<String, TestAssertion> first = new TreeMap<>();
                    for (TestAssertion found : result.getTestAssertions()) {
                        if (found.getStatus() != TestAssertion.Status.FAILED) continue;
                        String rule = found.getRuleId().getClause() + " t" + found.getRuleId().getTestNumber();
                        times.merge(rule, 1, Integer::sum);
                        first.putIfAbsent(rule, found);
                    }
                    for (String rule : times.keySet()) {
                        TestAssertion found = first.get(rule);
                        System.out.println(String.join("\t", "rule", file, flavour.getId(), rule, String.valueOf(times.get(rule)),
                                found.getMessage().replaceAll("\\s+", " "), String.valueOf(found.getErrorMessage()).replaceAll("\\s+", " "), found.getLocation().getContext()));
                    }
                }
            }
        }
    }
}
