package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import sluice.evaluation.WholeFile;
import sluice.evaluation.report.Report;
import sluice.tasks.InputException;

/** The report over what a folder holds, a run or a comparison, beside it. */
final class ReportFiles {
    private ReportFiles() {}

    /** Whether a folder holds nothing but what {@code sluice report} puts beside a report when asked to. */
    static boolean isOfReport(Path folder) {
        String name = folder.getFileName().toString();
        boolean charts = name.equals(Report.CHARTS);
        if (!(charts || name.equals(Report.EVENTS)) || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            return inside.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !WholeFile.isTemporary(file))
                    .map(file -> file.getFileName().toString())
                    .allMatch(file -> charts
                            ? file.endsWith(".png") || file.endsWith(".svg")
                            : file.startsWith("events.out.tfevents."));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Writes both files, in the place of any that are there.
     *
     * @param folder with results of runs that went to their end
     * @return what the page had to leave out, on one line; nothing where it has all
     * @throws InputException if they cannot be written; results are in place all the same
     */
    static ImmutableList<String> write(Path folder) {
        ImmutableList.Builder<String> cuts = ImmutableList.builder();
        try {
            Report.ofFolders(List.of(folder)).writeTo(folder, cuts::add);
            return cuts.build();
        } catch (IOException e) {
            throw unwritten(folder, e);
        }
    }

    /** What is to be told where results are in a folder, but not their report. */
    static InputException unwritten(Path folder, IOException why) {
        return new InputException(
                "results are in %s, but the report cannot be written there (%s): mend that, and run sluice report %s"
                        .formatted(folder, why.getMessage(), folder),
                why);
    }
}
