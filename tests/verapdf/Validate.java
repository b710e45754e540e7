import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Reads names of PDF files from standard input, one a line, and validates each against PDF/UA-1 and PDF/A-2a.
 *
 * Prints one line for each file and standard, parted by tabs: file, standard, "pass", "fail" or "error", and the
 * rules that were broken. One process for all files, because starting one takes longer than validating.
 */
public final class Validate {
    private static final List<PDFAFlavour> STANDARDS = List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A);

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            for (PDFAFlavour standard : STANDARDS) {
                System.out.println(String.join("\t", name, standard.getId(), verdict(name, standard)));
            }
        }
    }

    private static String verdict(String name, PDFAFlavour standard) {
        try (InputStream file = new FileInputStream(name);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, standard, standard);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, false)) {
            ValidationResult result = validator.validate(parser);
            return result.isCompliant() ? "pass\t" : "fail\t" + broken(result);
        } catch (Exception error) {
            return "error\t" + line(error.toString());
        }
    }

    private static String broken(ValidationResult result) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                rules.putIfAbsent(rule, line(rule + " " + assertion.getMessage()));
            }
        }
        return String.join(" | ", rules.values());
    }

    private static String line(String words) {
        return words.replaceAll("\\s+", " ").strip();
    }
}
