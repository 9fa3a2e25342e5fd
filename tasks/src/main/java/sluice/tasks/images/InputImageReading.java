package sluice.tasks.images;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;
import sluice.tasks.Padding;
import sluice.tasks.Printable;
import sluice.tasks.Shape;

/** Reads images to be predicted, that all have one size. Mutable; for one file or folder. */
final class InputImageReading {
    private static final int LISTED = 8;
    /** An image is read into an array of its own, and then into that of all. */
    private static final long BYTES_PER_PIXEL = 2L * Float.BYTES;

    private final Path path;
    private final FramedSize size;
    private final MemoryBudget budget = MemoryBudget.ofHeap().advising("give fewer images at a time");
    private final List<float[]> rows = new ArrayList<>();
    private final ImmutableList.Builder<String> names = ImmutableList.builder();
    private final ImmutableList.Builder<String> folders = ImmutableList.builder();
    private final List<String> leftOut = new ArrayList<>();
    private Path first;
    private PixelSize firstSize;

    InputImageReading(Path path, FramedSize size) {
        this.path = path;
        this.size = size;
    }

    InputImages one() {
        EncodedImage image = EncodedImage.at(path);
        checkFits(image);
        Path folder = path.toAbsolutePath().normalize().getParent();
        add(pixels(image), path.getFileName().toString(), lastName(folder));
        return images(1);
    }

    InputImages folder() {
        List<Path> files = files();
        for (Path place : files) {
            Path file = path.resolve(place);
            String name = name(place);
            if (isHidden(name) || !Files.isRegularFile(file) || !ImageFormat.begins(file)) {
                leftOut.add(name);
                continue;
            }
            Optional<EncodedImage> image = undamaged(() -> EncodedImage.at(file));
            image.ifPresent(this::checkFits);
            String folder = place.getNameCount() == 1 ? "" : lastName(place.getParent());
            image.flatMap(encoded -> undamaged(() -> pixels(encoded)))
                    .ifPresentOrElse(pixels -> add(pixels, name, folder), () -> leftOut.add(name));
        }
        return images(files.size());
    }

    private static String lastName(Path folder) {
        return folder.getNameCount() == 0 ? "" : folder.getFileName().toString();
    }

    private static <T> Optional<T> undamaged(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (InputException damaged) {
            return Optional.empty();
        }
    }

    /** All but folders, from the folder on, in the order of their names. */
    private List<Path> files() {
        try {
            Path root = path.toRealPath(); // a link to a folder would be no folder
            try (Stream<Path> entries = Files.walk(root)) {
                return entries.filter(entry -> !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                        .map(root::relativize)
                        .sorted(Comparator.comparing(InputImageReading::name))
                        .toList();
            }
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        }
    }

    private InputException unreadable(IOException problem) {
        String folder = problem instanceof FileSystemException named && named.getFile() != null
                ? named.getFile()
                : path.toString();
        return new InputException(
                "cannot read folder %s (%s): check that you may"
                        .formatted(Printable.of(folder), problem.getClass().getSimpleName()),
                problem);
    }

    private static String name(Path place) {
        return StreamSupport.stream(place.spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.contains("/.");
    }

    /** Before its pixels take memory. */
    private void checkFits(EncodedImage image) {
        size.check(image);
        PixelSize found = image.sizeAs(size.wanted());
        if (first == null) {
            first = image.path();
            firstSize = found;
        } else if (!found.equals(firstSize)) {
            throw new InputException("%s is %s pixels, %s is %s: all images must be of one size"
                    .formatted(ClassFolders.text(image.path()), found, ClassFolders.text(first), firstSize));
        }
        image.checkFits(budget, size.wanted(), size.colour());
        budget.take(BYTES_PER_PIXEL * size.shape().features(), () -> ClassFolders.text(path));
    }

    private float[] pixels(EncodedImage image) {
        float[] values = new float[Math.toIntExact(size.colour().values(firstSize))];
        image.pixelsAs(size.wanted()).write(size.colour(), values, 0);
        return values;
    }

    private void add(float[] pixels, String name, String folder) {
        rows.add(pixels);
        names.add(name);
        folders.add(folder);
    }

    private InputImages images(int files) {
        if (rows.isEmpty()) {
            throw new InputException(
                    "%s holds no PNG or JPEG image: put .png or .jpg files there, or name another folder%s"
                            .formatted(
                                    ClassFolders.text(path),
                                    leftOut.isEmpty() ? "" : " (" + notes(files).get(0) + ")"));
        }
        Examples read = Examples.of(rows.toArray(float[][]::new), new int[rows.size()]);
        Shape unframed = size.colour().shape(firstSize);
        Examples framed = size.frame() == 0
                ? read
                : Padding.around(unframed, size.frame()).of(read);
        return new InputImages(framed, names.build(), folders.build(), notes(files));
    }

    private ImmutableList<String> notes(int files) {
        if (leftOut.isEmpty()) {
            return ImmutableList.of();
        }
        String listed = leftOut.stream().limit(LISTED).map(Printable::of).collect(Collectors.joining(", "));
        return ImmutableList.of(
                "%,d of %,d files left out (no PNG or JPEG image, damaged, of a kind that is not read, or hidden): %s%s"
                        .formatted(leftOut.size(), files, listed, leftOut.size() > LISTED ? ", ..." : ""));
    }
}
