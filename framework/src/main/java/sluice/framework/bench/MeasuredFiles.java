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
public final class MeasuredFiles {
    private final Path folder;
    private final String option;
    private final String table;
    private final String pixels;
    private final String lines;

    private MeasuredFiles(Path folder, String option, String name) {
        this.folder = folder;
        this.option = option;
        this.table = name + ".csv";
        this.pixels = name + ".png";
        this.lines = name + ".svg";
    }

    /**
     * Makes sure, before any work is done, that the files may be written. Writes nothing.
     *
     * @param folder where the files are to be; made when they are written
     * @param option by which the user names the folder
     * @param name of the files, without their extensions
     * @param overwrite whether files of earlier measurements may be replaced
     * @return the files to be
     * @throws InputException if the folder is a file, holds anything else, holds measurements that may not be replaced,
     *     or cannot be made
     */
    public static MeasuredFiles claim(Path folder, String option, String name, boolean overwrite) {
        MeasuredFiles files = new MeasuredFiles(folder, option, name);
        files.check(overwrite);
        return files;
    }

    private void check(boolean overwrite) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            checkReplaceable(overwrite);
        }
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new InputException(
                    "cannot write to output folder %s (%s is not a writable folder): name another with %s"
                            .formatted(folder, there, option));
        }
    }

    private void checkReplaceable(boolean overwrite) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException(
                    "output folder %s is a file or a link: name another with %s".formatted(folder, option));
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> there = files.filter(file -> !isTemporary(file))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
            there.stream().filter(name -> !names().contains(name)).findFirst().ifPresent(foreign -> {
                throw new InputException("output folder %s holds %s, which no measurement wrote: name another with %s"
                        .formatted(folder, foreign, option));
            });
            // the table is written last: without it a process was killed at writing
            if (there.contains(table) && !overwrite) {
                throw new InputException(
                        "output folder %s holds measurements: add --overwrite to replace them, or name another with %s"
                                .formatted(folder, option));
            }
        } catch (IOException unreadable) {
            throw new InputException(
                    "cannot read output folder %s (%s): name another with %s"
                            .formatted(folder, unreadable.getMessage(), option),
                    unreadable);
        }
    }

    /**
     * {@return the files, in the folder as it was named}
     *
     * @param figure drawn before any file is written
     * @param rows the table, as CSV
     * @throws InputException if a file cannot be written
     */
    public List<Path> write(Figure figure, CharSequence rows) {
        byte[] png = figure.png();
        byte[] svg = figure.svg();
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new InputException(
                    "cannot make output folder %s (%s): name another with %s"
                            .formatted(folder, failed.getMessage(), option),
                    failed);
        }
        write(pixels, png);
        write(lines, svg);
        write(table, rows.toString().getBytes(StandardCharsets.UTF_8));
        return names().stream().map(folder::resolve).toList();
    }

    private ImmutableList<String> names() {
        return ImmutableList.of(table, pixels, lines);
    }

    private void write(String name, byte[] content) {
        WholeFile.write(folder.resolve(name), out -> out.write(content));
    }
}
