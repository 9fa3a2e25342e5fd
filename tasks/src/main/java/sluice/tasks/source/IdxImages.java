package sluice.tasks.source;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Padding;
import sluice.tasks.Shape;

/** Images in a file of MNIST's format, gzip or plain, without labels: to be predicted. */
public final class IdxImages {
    private IdxImages() {}

    /**
     * {@return whether it begins as an IDX file does, uncompressed or within gzip, or as a NumPy array}
     *
     * @param path a file
     * @throws InputException if it cannot be read
     */
    public static boolean isIdx(Path path) {
        try (HashedContent content = HashedContent.open(path)) {
            return begins(content.data());
        } catch (IOException e) {
            throw HashedContent.unreadable(path, e);
        }
    }

    private static boolean begins(DataInputStream data) throws IOException {
        try {
            short first = data.readShort();
            return first == 0 || first == (short) (NpyHeader.MAGIC >>> Short.SIZE);
        } catch (EOFException tooShort) {
            return false;
        }
    }

    /**
     * {@return the size of the images}
     *
     * @param path where they are
     * @throws InputException if the file cannot be read, or holds no images
     */
    public static Shape.Image shape(Path path) {
        try (IdxFile file = IdxFile.open(path, IdxKind.IMAGES)) {
            return file.shape();
        }
    }

    /**
     * {@return the images, values as the file has them row by row, all labelled 0; those of EMNIST's files turned upright}
     *
     * @param path where they are
     * @param features that an image must have with its frame
     * @param frame pixels of 0 to be put around each image on each side, at least 0
     * @throws InputException if the file cannot be read, holds no images, is damaged, or its images have another number of
     *     pixels
     */
    public static Examples read(Path path, int features, int frame) {
        try (IdxFile file = IdxFile.open(path, IdxKind.IMAGES)) {
            Padding padding = Padding.around(file.shape(), frame);
            if (padding.shape().features() != features) {
                throw new InputException(
                        "%s holds images of %d x %d pixels, %d features%s; the model takes %d: use images like those it learned"
                                .formatted(
                                        path,
                                        file.shape().height(),
                                        file.shape().width(),
                                        padding.shape().features(),
                                        frame == 0 ? "" : " with the %d zeros around them".formatted(frame),
                                        features));
            }
            Examples images = file.readImages(new int[file.count()]).examples();
            return frame == 0 ? images : padding.of(images);
        }
    }
}
