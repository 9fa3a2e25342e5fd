package sluice.tasks.images;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.tasks.ClassNumbers;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;
import sluice.tasks.Printable;

/** Which images are for training and which for testing. */
record ImageParts(ImmutableList<ImageFile> train, ImmutableList<ImageFile> test, ImageFolder folder, LeftOut leftOut) {
    static final String TRAIN = "train";
    static final String TEST = "test";

    static ImageParts of(ImageFolder folder) {
        if (folder instanceof ImageFolder.Shared shared) {
            return shared(shared);
        }
        LeftOut leftOut = new LeftOut(folder.folder());
        ImageParts parts = new ImageParts(
                new ClassFolders(leftOut).images(folder.folder().resolve(TRAIN)),
                new ClassFolders(leftOut).images(folder.folder().resolve(TEST)),
                folder,
                leftOut);
        new ClassFolders(leftOut).leaveOut(folder.folder(), ImmutableSet.of(TRAIN, TEST));
        checkSameClasses(folder, parts.train, TRAIN, parts.test, TEST);
        checkSameClasses(folder, parts.test, TEST, parts.train, TRAIN);
        return parts;
    }

    private static ImageParts shared(ImageFolder.Shared folder) {
        LeftOut leftOut = new LeftOut(folder.folder());
        ImmutableList<ImageFile> all = new ClassFolders(leftOut).images(folder.folder());
        BitSet chosen = folder.share().choose(all.stream().map(ImageFile::label).toList());
        ImageParts parts = new ImageParts(part(all, chosen, false), part(all, chosen, true), folder, leftOut);
        if (folder.share().isNone()) {
            return parts;
        }
        Set<String> tested = classes(parts.test);
        for (ImageFile image : parts.train) {
            if (!tested.contains(image.label())) {
                throw new InputException(
                        "%s is the only image of its class, and test_share needs two: add images, or test nothing by test_share: 0"
                                .formatted(ClassFolders.text(image.path())));
            }
        }
        return parts;
    }

    private static ImmutableList<ImageFile> part(List<ImageFile> all, BitSet chosen, boolean wanted) {
        return IntStream.range(0, all.size())
                .filter(i -> chosen.get(i) == wanted)
                .mapToObj(all::get)
                .collect(ImmutableList.toImmutableList());
    }

    private static void checkSameClasses(
            ImageFolder folder, List<ImageFile> one, String onePart, List<ImageFile> other, String otherPart) {
        Set<String> known = classes(other);
        classes(one).stream()
                .filter(label -> !known.contains(label))
                .findFirst()
                .ifPresent(label -> {
                    throw new InputException("class %s is in %s but not in %s: put its folder there too, or remove it"
                            .formatted(
                                    Printable.quoted(label),
                                    ClassFolders.text(folder.folder().resolve(onePart)),
                                    ClassFolders.text(folder.folder().resolve(otherPart))));
                });
    }

    private static Set<String> classes(List<ImageFile> images) {
        return images.stream().map(ImageFile::label).collect(Collectors.toSet());
    }

    DataSet load(MemoryBudget budget) {
        ClassNumbers numbers = ClassNumbers.of(classes(train));
        ImageReading reading =
                new ImageReading(train, folder, numbers, budget.advising("leave out images or make them smaller"));
        ImageReading.Part trainPart = reading.read(train);
        Optional<ImageReading.Part> testPart = test.isEmpty() ? Optional.empty() : Optional.of(reading.read(test));
        reading.throwIfAny();
        ImmutableMap.Builder<String, String> checksums = ImmutableMap.builder();
        checksums.put(TRAIN, trainPart.sha256());
        testPart.ifPresent(part -> checksums.put(TEST, part.sha256()));
        Examples tested = testPart.map(ImageReading.Part::examples)
                .orElseGet(() -> Examples.none(trainPart.examples().features()));
        return DataSet.of(ImageFolder.NAME, trainPart.examples(), tested, checksums.buildOrThrow())
                .withShape(reading.shape())
                .told(ImmutableList.copyOf(numbers.names()), leftOut.notes());
    }
}
