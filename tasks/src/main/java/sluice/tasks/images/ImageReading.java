package sluice.tasks.images;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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

    ImageReading(Path first, ImageFolder images, ClassNumbers classes, MemoryBudget budget) {
        this.first = first;
        this.wanted = images.size();
        this.colour = images.colour();
        this.classes = classes;
        this.budget = budget;
        EncodedImage image = EncodedImage.at(first);
        image.checkFits(budget, wanted, colour);
        this.size = image.sizeAs(wanted);
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
            byte[] content = ImageFormat.content(image.path());
            hash(hasher, image, content);
            EncodedImage encoded = EncodedImage.of(image.path(), content);
            checkSize(image, encoded.sizeAs(wanted));
            encoded.checkFits(budget, wanted, colour);
            encoded.pixelsAs(wanted).write(colour, values, i * features);
            labels[i] = classes.number(image.label());
        }
        return new Part(Examples.of(values, features, labels), hasher.hash().toString());
    }

    private static void hash(Hasher hasher, ImageFile image, byte[] content) {
        String name = image.label() + "/" + image.path().getFileName();
        hasher.putString(name, StandardCharsets.UTF_8)
                .putByte((byte) 0)
                .putLong(content.length)
                .putBytes(content);
    }

    private void checkSize(ImageFile image, PixelSize found) {
        if (!found.equals(size)) {
            throw new InputException(
                    "%s is %s pixels, %s is %s: all images must be of one size: bring them to one with data: {resize: 28}"
                            .formatted(ClassFolders.text(image.path()), found, ClassFolders.text(first), size));
        }
    }
}
