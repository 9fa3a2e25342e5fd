package sluice.tasks.images;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.tasks.ClassNumbers;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;
import sluice.tasks.Shape;

/** Reads images that all have the size of the first, or are brought to one. */
final class ImageReading {
    private final Path first;
    private final ImageSize wanted;
    private final Colour colour;
    private final PixelSize size;
    private final ClassNumbers classes;
    private final MemoryBudget budget;
    private final Set<String> problems = new LinkedHashSet<>();
    private String otherSize = "";
    private int ofOtherSizes;

    /**
     * @param files of which the first one that can be read gives the size
     */
    ImageReading(List<ImageFile> files, ImageFolder images, ClassNumbers classes, MemoryBudget budget) {
        this.wanted = images.size();
        this.colour = images.colour();
        this.classes = classes;
        this.budget = budget;
        EncodedImage image = firstReadable(files);
        this.first = image.path();
        this.size = image.sizeAs(wanted);
    }

    private EncodedImage firstReadable(List<ImageFile> images) {
        for (ImageFile file : images) {
            try {
                EncodedImage image = EncodedImage.at(file.path());
                image.checkFits(budget, wanted, colour);
                return image;
            } catch (InputException unread) {
                problems.add(unread.getMessage());
            }
        }
        throwIfAny();
        throw new IllegalArgumentException("there must be an image");
    }

    /** Images of a part, and the SHA-256 (hex) of their names and contents. */
    record Part(Examples examples, String sha256) {}

    Shape shape() {
        return colour.shape(size);
    }

    Part read(List<ImageFile> images) {
        int features =
                budget.values(colour.channels().size(), Math.toIntExact(size.pixels()), () -> ClassFolders.text(first));
        String folder = ClassFolders.text(images.get(0).path().getParent().getParent());
        float[] values = new float[budget.values(images.size(), features, () -> folder)];
        budget.take((long) Float.BYTES * values.length, () -> folder);
        int[] labels = new int[images.size()];
        Hasher hasher = Hashing.sha256().newHasher();
        for (int i = 0; i < labels.length; i++) {
            ImageFile image = images.get(i);
            try {
                byte[] content = ImageFormat.content(image.path());
                hash(hasher, image, content);
                EncodedImage encoded = EncodedImage.of(image.path(), content);
                if (isOfSize(image, encoded.sizeAs(wanted))) {
                    encoded.checkFits(budget, wanted, colour);
                    encoded.pixelsAs(wanted).write(colour, values, i * features);
                }
            } catch (InputException unread) {
                problems.add(unread.getMessage());
            }
            labels[i] = classes.number(image.label());
        }
        return new Part(Examples.of(values, features, labels), hasher.hash().toString());
    }

    /**
     * @throws InputException of all images that could not be read; of many, of the first ones, and how many more there are; those of
     *     other sizes are one problem
     */
    void throwIfAny() {
        if (ofOtherSizes > 0) {
            problems.add(
                    otherSize.formatted(ofOtherSizes == 1 ? "" : ", and %,d more differ".formatted(ofOtherSizes - 1)));
        }
        PixelCheck.throwIfAny(problems);
    }

    private static void hash(Hasher hasher, ImageFile image, byte[] content) {
        String name = image.label() + "/" + image.path().getFileName();
        hasher.putString(name, StandardCharsets.UTF_8)
                .putByte((byte) 0)
                .putLong(content.length)
                .putBytes(content);
    }

    private boolean isOfSize(ImageFile image, PixelSize found) {
        if (found.equals(size)) {
            return true;
        }
        if (ofOtherSizes == 0) {
            otherSize =
                    "%s is %s pixels, %s is %s%%s: all images must be of one size: bring them to one with data: {resize: 28}"
                            .formatted(
                                    ClassFolders.text(image.path()).replace("%", "%%"),
                                    found,
                                    ClassFolders.text(first).replace("%", "%%"),
                                    size);
        }
        ofOtherSizes++;
        return false;
    }
}
