package sluice.framework.bench;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;

/**
 * Where a figure goes: a PNG and an SVG file side by side.
 *
 * @param png file
 * @param svg file
 */
public record FigureFiles(Path png, Path svg) {
    /**
     * Makes sure, before any work is done, that the files may be written.
     *
     * @param place their path without the extension, or a folder that is there, in which they get the usual name
     * @param defaultName without extension
     * @param overwrite whether files that are there already may be replaced
     * @return the files
     * @throws InputException if one is there and may not be replaced, or the path ends in an extension of its own, or
     *     its folder is not there
     */
    public static FigureFiles claim(Path place, String defaultName, boolean overwrite) {
        Path stem = Files.isDirectory(place) ? place.resolve(defaultName) : place;
        String name = String.valueOf(stem.getFileName());
        if (name.isBlank() || name.endsWith(".png") || name.endsWith(".svg")) {
            throw new InputException(
                    "'%s' cannot be a figure: name it without .png and .svg, which are added".formatted(place));
        }
        if (!Files.isDirectory(stem.toAbsolutePath().getParent())) {
            throw new InputException("the folder of %s is not there: make it, or name another".formatted(stem));
        }
        FigureFiles files = new FigureFiles(stem.resolveSibling(name + ".png"), stem.resolveSibling(name + ".svg"));
        for (Path file : files.all()) {
            if (Files.isDirectory(file) || (Files.exists(file) && !overwrite)) {
                throw new InputException(
                        "%s is there already: add --overwrite to replace it, or choose another name".formatted(file));
            }
        }
        return files;
    }

    /** {@return both files} */
    public List<Path> all() {
        return ImmutableList.of(png, svg);
    }

    /**
     * Writes a figure in both formats.
     *
     * @param figure drawn in both formats before either file is written
     * @throws InputException if a file cannot be written
     */
    public void write(Figure figure) {
        byte[] pixels = figure.png();
        byte[] lines = figure.svg();
        WholeFile.write(png, out -> out.write(pixels));
        WholeFile.write(svg, out -> out.write(lines));
    }
}
