package sluice.framework.bench;

import static sluice.evaluation.WholeFile.isTemporary;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;

/** The folder that measurements go to: a table as CSV, the plot as PNG and SVG. */
public final class EstimatorFiles {
    private static final String TABLE = "estimators.csv";
    private static final String PIXELS = "estimators.png";
    private static final String LINES = "estimators.svg";
    private static final ImmutableList<String> NAMES = ImmutableList.of(TABLE, PIXELS, LINES);

    private final Path folder;

    private EstimatorFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes sure, before any work is done, that the files may be written. Writes nothing.
     *
     * @param folder where the files are to be; made when they are written
     * @param overwrite whether files of earlier measurements may be replaced
     * @return the files to be
     * @throws InputException if the folder is a file, holds anything else, holds measurements that may not be replaced,
     *     or cannot be made
     */
    public static EstimatorFiles claim(Path folder, boolean overwrite) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            checkReplaceable(folder, overwrite);
        }
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new InputException(
                    "cannot write to output folder %s (%s is not a writable folder): name another with --out"
                            .formatted(folder, there));
        }
        return new EstimatorFiles(folder);
    }

    private static void checkReplaceable(Path folder, boolean overwrite) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException("output folder %s is a file or a link: name another with --out".formatted(folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> there = files.filter(file -> !isTemporary(file))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
            there.stream().filter(name -> !NAMES.contains(name)).findFirst().ifPresent(foreign -> {
                throw new InputException(
                        "output folder %s holds %s, which no measurement wrote: name another with --out"
                                .formatted(folder, foreign));
            });
            // the table is written last: without it a process was killed at writing
            if (there.contains(TABLE) && !overwrite) {
                throw new InputException(
                        "output folder %s holds measurements: add --overwrite to replace them, or name another with --out"
                                .formatted(folder));
            }
        } catch (IOException unreadable) {
            throw new InputException(
                    "cannot read output folder %s (%s): name another with --out"
                            .formatted(folder, unreadable.getMessage()),
                    unreadable);
        }
    }

    /**
     * {@return the files, in the folder as it was named}
     *
     * @param measurements at least one; drawn and printed before any file is written
     * @throws InputException if a file cannot be written
     */
    public List<Path> write(List<Measurement> measurements) {
        Figure figure = MeasurementPlot.of(measurements);
        byte[] pixels = figure.png();
        byte[] lines = figure.svg();
        StringBuilder table = new StringBuilder();
        try {
            MeasurementCsv.write(measurements, table);
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new InputException(
                    "cannot make output folder %s (%s): name another with --out".formatted(folder, failed.getMessage()),
                    failed);
        }
        write(PIXELS, pixels);
        write(LINES, lines);
        write(TABLE, table.toString().getBytes(StandardCharsets.UTF_8));
        return NAMES.stream().map(folder::resolve).toList();
    }

    private void write(String name, byte[] content) {
        WholeFile.write(folder.resolve(name), out -> out.write(content));
    }
}
