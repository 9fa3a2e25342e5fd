package sluice.tasks.images;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;
import sluice.tasks.TestShare;

/**
 * What a folder of images looks like from a look at all of them: where its classes are, how many images each has, and of
 * which sizes. Guesses, for a script that its owner reads.
 *
 * @param images where they are, divided in folders or by a share, the size to bring them to, and whether they have colours
 * @param classes how many images each has to learn from (of which a share is set aside where there are no test images), by
 *     name
 * @param tests how many test images there are in a folder of their own; 0 where there is none
 * @param sizes how many images have each, width and height as {@code 28x28}, the most frequent first
 * @param read how many images' pixels were read: all, unless these are very many
 * @param notes what was left out, in one line, if anything was
 */
public record ImageSketch(
        ImageFolder images,
        ImmutableMap<String, Integer> classes,
        int tests,
        ImmutableMap<String, Integer> sizes,
        int read,
        ImmutableList<String> notes) {
    /** Of a script's first try: learned from within seconds. */
    private static final int SIDE = 28;

    /** Images of one size and no more pixels stay as they are. */
    private static final int FEW_PIXELS = 64 * 64;

    private static final TestShare SHARE = new TestShare(0.2, 1);

    /**
     * Looks at the images of a folder: {@code train/CLASS} and {@code test/CLASS}, or {@code CLASS}.
     *
     * @param folder holds these
     * @return what they look like
     * @throws InputException if a folder or its images are missing, an image's header, or the pixels of one that is
     *     read, are damaged or of a kind that is not read, there is only one class, or a class has too few images
     */
    public static ImageSketch of(Path folder) {
        ImageParts parts = ImageParts.of(found(folder, new ImageSize.AsStored(), Colour.GREY));
        ImmutableList<ImageFile> all = ImmutableList.copyOf(Iterables.concat(parts.train(), parts.test()));
        Map<PixelSize, Integer> sizes = new LinkedHashMap<>();
        Map<String, Integer> classes = new TreeMap<>();
        Set<String> problems = new LinkedHashSet<>();
        MemoryBudget budget = MemoryBudget.ofHeap();
        for (ImageFile file : all) {
            try {
                EncodedImage image = EncodedImage.at(file.path());
                // what is larger becomes as small as that
                image.checkFits(budget, new ImageSize.Resized(SIDE, SIDE), Colour.RGB);
                sizes.merge(image.size(), 1, Integer::sum);
            } catch (InputException unread) {
                problems.add(unread.getMessage());
            }
        }
        PixelCheck.throwIfAny(problems);
        long pixels = sizes.entrySet().stream()
                .mapToLong(size -> size.getKey().pixels() * size.getValue())
                .sum();
        PixelCheck check = PixelCheck.of(all, pixels, PixelCheck.MOST_PIXELS);
        check.check();
        ImageFolder images = found(folder, suggested(sizes.keySet()), ColourSketch.of(parts.train()));
        boolean shared = images instanceof ImageFolder.Shared;
        for (ImageFile image : shared ? all : parts.train()) {
            classes.merge(image.label(), 1, Integer::sum);
        }
        return new ImageSketch(
                images,
                ImmutableMap.copyOf(classes),
                shared ? 0 : parts.test().size(),
                frequent(sizes),
                check.read(),
                parts.leftOut().notes());
    }

    private static ImageFolder found(Path folder, ImageSize size, Colour colour) {
        Path train = folder.resolve(ImageParts.TRAIN);
        if (Files.isDirectory(train) && Files.isDirectory(folder.resolve(ImageParts.TEST))) {
            return new ImageFolder.TrainAndTest(folder, size, colour);
        }
        return new ImageFolder.Shared(ClassFolders.holdsFolders(train) ? train : folder, SHARE, size, colour);
    }

    private static ImageSize suggested(Collection<PixelSize> sizes) {
        PixelSize any = sizes.iterator().next();
        int longest = sizes.stream()
                .mapToInt(size -> Math.max(size.height(), size.width()))
                .max()
                .orElseThrow();
        if (sizes.size() > 1) {
            int side = Math.min(SIDE, longest);
            return new ImageSize.Resized(side, side);
        }
        if (any.pixels() <= FEW_PIXELS) {
            return new ImageSize.AsStored();
        }
        return new ImageSize.Resized(inProportion(any.height(), longest), inProportion(any.width(), longest));
    }

    private static int inProportion(int side, int longest) {
        return Math.max(1, Math.round((float) SIDE * side / longest));
    }

    private static ImmutableMap<String, Integer> frequent(Map<PixelSize, Integer> sizes) {
        ImmutableMap.Builder<String, Integer> frequent = ImmutableMap.builder();
        Stream<Map.Entry<PixelSize, Integer>> ordered = sizes.entrySet().stream()
                .sorted(Map.Entry.<PixelSize, Integer>comparingByValue(Comparator.reverseOrder()));
        ordered.forEach(size -> frequent.put(size.getKey().toString(), size.getValue()));
        return frequent.buildOrThrow();
    }

    /** {@return how many images there are, those for testing among them} */
    public int count() {
        return sizes.values().stream().mapToInt(Integer::intValue).sum();
    }
}
