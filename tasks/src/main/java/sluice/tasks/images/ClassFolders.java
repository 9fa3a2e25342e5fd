package sluice.tasks.images;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** Finds the images in the class folders of a folder. */
final class ClassFolders {
    private ClassFolders() {}

    /**
     * @param folder holds a folder per class
     * @return the images, class by class and then by name
     * @throws InputException if it does not exist, has fewer than two classes, or a class has no image
     */
    static ImmutableList<ImageFile> images(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "folder %s does not exist or is no folder: correct the path".formatted(text(folder)));
        }
        List<Path> classes = list(folder).stream()
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (classes.isEmpty()) {
            throw new InputException(
                    "%s has no images: put a folder per class there, with .png files in it".formatted(text(folder)));
        }
        if (classes.size() == 1) {
            throw new InputException("%s has only one class, %s: there must be two folders to tell apart"
                    .formatted(text(folder), Printable.quoted(name(classes.get(0)))));
        }
        return classes.stream().flatMap(ClassFolders::imagesOf).collect(ImmutableList.toImmutableList());
    }

    private static Stream<ImageFile> imagesOf(Path classFolder) {
        List<Path> images = list(classFolder).stream()
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                .filter(path -> Ascii.toLowerCase(name(path)).endsWith(".png"))
                .toList();
        if (images.isEmpty()) {
            throw new InputException(
                    "class folder %s has no image: put .png files there, or remove it".formatted(text(classFolder)));
        }
        return images.stream().map(path -> new ImageFile(path, name(classFolder)));
    }

    /** What is in a folder and not hidden, by name. */
    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> !name(path).startsWith("."))
                    .sorted(Comparator.comparing(ClassFolders::name))
                    .toList();
        } catch (IOException e) {
            throw new InputException(
                    "cannot read folder %s (%s): check that you may"
                            .formatted(text(folder), Printable.of(e.toString())),
                    e);
        }
    }

    static String text(Path path) {
        return Printable.of(path.toString());
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
