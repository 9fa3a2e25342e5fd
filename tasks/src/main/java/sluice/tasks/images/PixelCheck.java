package sluice.tasks.images;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import sluice.tasks.InputException;

/**
 * Reads the pixels of images that fit in memory, as their headers say: of all of them, or of evenly many among them where that are very many pixels.
 *
 * @param files the images
 * @param every one of so many is read; 1 where all are
 */
record PixelCheck(List<ImageFile> files, int every) {
    /** Some seconds: those of 127,000 images of 28 by 28, or of a few dozen photographs. */
    static final long MOST_PIXELS = 100_000_000;

    private static final int MOST = 20;

    /**
     * {@return the check of these images}
     *
     * @param files the images, at least one
     * @param pixels that they have together
     * @param most to read, at least 1
     */
    static PixelCheck of(List<ImageFile> files, long pixels, long most) {
        long every = Math.max(1, (pixels + most - 1) / most);
        return new PixelCheck(files, Math.toIntExact(Math.min(every, files.size())));
    }

    /** How many are read. */
    int read() {
        return (files.size() + every - 1) / every;
    }

    /**
     * @throws InputException of all that are damaged; of many, of the first ones, and how many more there are
     */
    void check() {
        Set<String> problems = new LinkedHashSet<>();
        for (int i = 0; i < files.size(); i += every) {
            try {
                EncodedImage.at(files.get(i).path()).pixels();
            } catch (InputException unread) {
                problems.add(unread.getMessage());
            }
        }
        throwIfAny(problems);
    }

    static void throwIfAny(Set<String> problems) {
        if (!problems.isEmpty()) {
            Stream<String> more =
                    problems.size() > MOST ? Stream.of("and %,d more".formatted(problems.size() - MOST)) : Stream.of();
            throw new InputException(
                    Stream.concat(problems.stream().limit(MOST), more).toList());
        }
    }
}
