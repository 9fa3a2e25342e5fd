package sluice.tasks.images;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import sluice.tasks.Examples;
import sluice.tasks.Shape;

/**
 * PNG and JPEG images to be predicted: one, or all those in a folder and in the folders in it. They are told by how they begin,
 * not by their names.
 *
 * @param examples pixels 0 to 255 row by row, grey, or channel by channel where the shape has three, as {@link ImageFolder#load} has it, all
 *     labelled 0
 * @param names of the images, from the folder on, with {@code /} between folders: images are in the order of these
 * @param folders name of the folder that each lies in, "" where that is the folder that was asked for
 * @param notes what was left out, in one line, if anything was
 */
public record InputImages(
        Examples examples, ImmutableList<String> names, ImmutableList<String> folders, ImmutableList<String> notes) {
    /**
     * {@return whether it is a folder, or a file that begins as PNG or JPEG images do}
     *
     * @param path need not exist
     * @throws sluice.tasks.InputException if it cannot be read
     */
    public static boolean isAt(Path path) {
        return Files.isDirectory(path) || (Files.exists(path) && ImageFormat.begins(path));
    }

    /**
     * {@return whether a file is meant as an image, though it may be none that is read: its name says so, or it begins as images of
     * other formats do}
     *
     * @param path need not exist
     * @throws sluice.tasks.InputException if it cannot be read
     */
    public static boolean isMeantAt(Path path) {
        return Files.isRegularFile(path) && (ClassFolders.isNamedAsImage(path) || ImageFormat.beginsAsAnother(path));
    }

    /**
     * Reads them. Of a folder, a file that is no PNG or JPEG image, is damaged, of a kind that is not read, or hidden, is left out.
     *
     * @param path a PNG or JPEG image, or a folder; symbolic links to folders in it are not followed
     * @param shape of the examples that are wanted
     * @param frame pixels of 0 to be put around each image on each side, at least 0
     * @param size that they are brought to before
     * @return the images
     * @throws sluice.tasks.InputException if there is none, the one is damaged, one has another size, or memory does not suffice
     */
    public static InputImages read(Path path, Shape shape, int frame, ImageSize size) {
        InputImageReading reading = new InputImageReading(path, new FramedSize(shape, frame, size));
        return Files.isDirectory(path) ? reading.folder() : reading.one();
    }
}
