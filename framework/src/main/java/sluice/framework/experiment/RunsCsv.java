package sluice.framework.experiment;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import sluice.tasks.script.ComparisonScript;

/**
 * What became of the runs of a comparison, a line per run in the order of the script: {@code done}, {@code failed} with the
 * reason, or {@code waiting} until it is.
 */
final class RunsCsv {
    static final String FILE = "runs.csv";
    private static final String FAILED = "failed";
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    private static final CSVFormat WITH_HEADER =
            FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();

    private RunsCsv() {}

    /**
     * @param planned all runs, in order
     * @param ended by their index
     */
    static void write(List<ComparisonScript.Run> planned, Map<Integer, ComparedRun> ended, Appendable out)
            throws IOException {
        CSVPrinter printer = FORMAT.print(out);
        printer.printRecord("variant", "seed", "status", "reason");
        for (int index = 0; index < planned.size(); index++) {
            ComparisonScript.Run run = planned.get(index);
            ComparedRun end = ended.get(index);
            String status = end == null ? "waiting" : end instanceof ComparedRun.Failed ? FAILED : "done";
            String reason = end instanceof ComparedRun.Failed failed ? failed.reason() : "";
            printer.printRecord(run.variant(), run.seed(), status, reason);
        }
    }

    /** The runs that failed; none where there is no such file. */
    static List<ComparedRun.Failed> failures(Path file) throws IOException {
        List<ComparedRun.Failed> failures = new ArrayList<>();
        if (!Files.exists(file)) {
            return failures;
        }
        try (Reader in = Files.newBufferedReader(file);
                CSVParser lines = WITH_HEADER.parse(in)) {
            for (CSVRecord line : lines) {
                if (line.get("status").equals(FAILED)) {
                    failures.add(new ComparedRun.Failed(
                            line.get("variant"), Long.parseLong(line.get("seed")), line.get("reason")));
                }
            }
            return failures;
        } catch (IllegalArgumentException foreign) {
            throw new IOException("it is no list of runs", foreign);
        }
    }
}
