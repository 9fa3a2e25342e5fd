package sluice.tasks.images;

import java.nio.file.Path;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;
import sluice.tasks.TestShare;

/**
 * PNG and JPEG images, in a folder per class. Whatever else is in the folders is not looked at, nor are hidden files
 * and symbolic links: a note of the data set counts them. Names of class folders are the classes' names, numbered as
 * {@link sluice.tasks.ClassNumbers} has it.
 */
public sealed interface ImageFolder {
    /** What the data set is called. */
    String NAME = "images";

    /** {@return where the images are} */
    Path folder();

    /** {@return the size that they are brought to} */
    ImageSize size();

    /** {@return which values of a pixel become features} */
    Colour colour();

    /**
     * Reads all images. In grey, grey is kept and colours become grey by Rec. 601 (0.299 R + 0.587 G + 0.114 B); in colours, grey has
     * one value in all three. What is transparent shows black: values are those of the file times the share of alpha. Samples are as they are stored, whatever a colour profile says; a JPEG image is turned as its EXIF data
     * say.
     *
     * @return raw pixels, whole numbers 0 to 255, row by row [count, height * width], or channel by channel
     *     [count, 3 * height * width]; checksums are SHA-256 of each
     *     part's names and contents, by the names of the parts' folders
     * @throws InputException if a folder or its images are missing, an image is damaged, or of another size than the first where none is brought to one, there is
     *     only one class, or memory does not suffice
     */
    default DataSet load() {
        return ImageParts.of(this).load(MemoryBudget.ofHeap());
    }

    /**
     * The folders {@code train/CLASS} and {@code test/CLASS}.
     *
     * @param folder holds {@code train} and {@code test}
     * @param size that they are brought to
     * @param colour which values of a pixel become features
     */
    record TrainAndTest(Path folder, ImageSize size, Colour colour) implements ImageFolder {
        /**
         * Images of the size that they have, in grey.
         *
         * @param folder holds {@code train} and {@code test}
         */
        public TrainAndTest(Path folder) {
            this(folder, new ImageSize.AsStored(), Colour.GREY);
        }
    }

    /**
     * The folders {@code CLASS}, of which a share of each class is for testing.
     *
     * @param folder holds the class folders
     * @param share what is set aside; images are in the order of their names
     * @param size that they are brought to
     * @param colour which values of a pixel become features
     */
    record Shared(Path folder, TestShare share, ImageSize size, Colour colour) implements ImageFolder {
        /**
         * Images of the size that they have, in grey.
         *
         * @param folder holds the class folders
         * @param share what is set aside; images are in the order of their names
         */
        public Shared(Path folder, TestShare share) {
            this(folder, share, new ImageSize.AsStored(), Colour.GREY);
        }
    }
}
