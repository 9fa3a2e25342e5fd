package sluice.framework.picture;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import sluice.framework.generator.ImageForm;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** Where generated images go: one picture of all, a file in MNIST's format, or a folder of single pictures. */
public sealed interface PictureOutput permits PictureGrid, IdxOutput, PictureFolder {
    /**
     * {@return the output that a name stands for: {@code .png} a grid, {@code .idx} and {@code .idx.gz} images in MNIST's
     * format, a slash at the end or a folder that is there single pictures}
     *
     * @param name of a file or folder
     * @param overwrite whether what is there already may be replaced
     * @throws InputException if it ends in something else, is there and may not be replaced, or would be in no folder
     */
    static PictureOutput at(String name, boolean overwrite) {
        Path place = path(name);
        boolean isFolder = name.endsWith("/") || name.endsWith("\\") || Files.isDirectory(place);
        String ending = name.toLowerCase(Locale.ROOT);
        boolean isIdx = ending.endsWith(".idx") || ending.endsWith(".idx.gz");
        if (!isFolder && !isIdx && !ending.endsWith(".png")) {
            throw new InputException(
                    "%s tells no format: end it with .png (a grid), with .idx or .idx.gz (images in MNIST's format), or with / (a folder of single pictures)"
                            .formatted(Printable.quoted(name)));
        }
        if (place.getFileName() == null
                || !Files.isDirectory(place.toAbsolutePath().getParent())) {
            throw new InputException(
                    "the folder of %s is not there: make it, or choose another --out".formatted(place));
        }
        if (isFolder) {
            return PictureFolder.claim(place, overwrite);
        }
        if (Files.exists(place) && !overwrite) {
            throw new InputException("%s is there already: choose another --out, or add --overwrite".formatted(place));
        }
        return isIdx ? new IdxOutput(place, ending.endsWith(".gz")) : new PictureGrid(place);
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException impossible) {
            throw new InputException("%s is no name of a file".formatted(Printable.quoted(name)), impossible);
        }
    }

    /** {@return the file or folder} */
    Path place();

    /**
     * Makes sure, before any is drawn, that so many images can be written.
     *
     * @param form what they look like
     * @param count how many
     * @throws InputException if not; the message says what can
     */
    void check(ImageForm form, int count);

    /**
     * Writes all images, or nothing.
     *
     * @param form what they look like
     * @param count how many
     * @param source draws them
     * @throws InputException if they cannot be written
     */
    void write(ImageForm form, int count, PictureSource source);
}
