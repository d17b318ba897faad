import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;

/**
 * First argument: a certificate (DER or PEM) that is trusted; then files. One line per signature, tab-separated:
 * signature, file, indication, sub-indication, format; then one line per error or warning.
 */
public class Dss {
    public static void main(String[] given) throws Exception {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        CertificateToken certificate = DSSUtils.loadCertificate(new File(given[0]));
        trusted.addCertificate(certificate);
        for (int place = 1; place < given.length; place++) {
            String file = given[place];
            CommonCertificateVerifier verifier = new CommonCertificateVerifier();
            verifier.setTrustedCertSources(trusted);
            SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(file));
            validator.setCertificateVerifier(verifier);
            SimpleReport report = validator.validateDocument().getSimpleReport();
            if (report.getSignatureIdList().isEmpty()) {
                System.out.println(String.join("\t", "unsigned", file));
            }
            for (String id : report.getSignatureIdList()) {
                Indication indication = report.getIndication(id);
                System.out.println(String.join("\t", "signature", file, String.valueOf(indication),
                        String.valueOf(report.getSubIndication(id)), String.valueOf(report.getSignatureFormat(id))));
                report.getAdESValidationErrors(id).forEach(m -> System.out.println(String.join("\t", "error", file, m.getValue())));
                report.getAdESValidationWarnings(id).forEach(m -> System.out.println(String.join("\t", "warning", file, m.getValue())));
            }
        }
    }
}
