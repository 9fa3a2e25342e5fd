package sluice.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Says how long a report over 10 strategies x 5 seeds x 10 tasks takes, and how large it is. */
final class ReportSpeed {
    private ReportSpeed() {}

    /**
     * @param arguments the folder to write to, which is made
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<String> tasks = IntStream.range(0, 10).mapToObj(t -> "task " + t).toList();
        List<String> strategies = IntStream.range(0, 10).mapToObj(s -> "s" + s).toList();
        Path comparison = new ExampleRuns(tasks, strategies, 5, 100, 12).writeComparison(folder.resolve("comparison"));
        long start = System.nanoTime();
        Report.of(ReportData.ofFolders(List.of(comparison))).writeTo(folder);
        System.out.printf(
                "%.2f s, %,d bytes%n", (System.nanoTime() - start) / 1e9, Files.size(folder.resolve(Report.PAGE)));
    }
}
