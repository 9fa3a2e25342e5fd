package sluice.tasks.source;

import java.nio.file.Path;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Shape;

/**
 * Images with their labels, read from a pair of IDX files.
 *
 * @param examples raw values as the file has them, of unsigned bytes 0 to 255, row by row [count, height * width], with labels
 *     0 to 65535
 * @param shape height and width of each
 * @param imagesSha256 SHA-256 (hex) of the images file's uncompressed content
 * @param labelsSha256 SHA-256 (hex) of the labels file's uncompressed content
 */
public record LabelledImages(Examples examples, Shape.Image shape, String imagesSha256, String labelsSha256) {
    /**
     * Reads a pair of IDX files of any type of elements, each plain or gzip (told by content, not by name). Takes a byte
     * of memory per pixel that is an unsigned byte, four of others, and no second copy. Images of a file whose name begins with {@code emnist-} are stored column by column,
     * and turned upright.
     *
     * @param images images [count, height, width], magic number 0x00000803 for unsigned bytes
     * @param labels labels [count], magic number 0x00000801, or [count, columns] with the label first, as in QMNIST
     * @return the images with their labels
     * @throws InputException if a file is missing, of another kind, truncated, damaged or empty, or the counts differ
     */
    public static LabelledImages read(Path images, Path labels) {
        try (IdxFile imagesFile = IdxFile.open(images, IdxKind.IMAGES);
                IdxFile labelsFile = IdxFile.open(labels, IdxKind.LABELS)) {
            if (imagesFile.count() != labelsFile.count()) {
                throw new InputException("%s has %d images but %s has %d labels: take both from one data set"
                        .formatted(images, imagesFile.count(), labels, labelsFile.count()));
            }
            int[] labelOf = new int[labelsFile.count()];
            String labelsSha256 = labelsFile.readLabels(labelOf);
            IdxFile.Images read = imagesFile.readImages(labelOf);
            return new LabelledImages(read.examples(), imagesFile.shape(), read.sha256(), labelsSha256);
        }
    }
}
