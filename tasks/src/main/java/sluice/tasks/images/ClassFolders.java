package sluice.tasks.images;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * Finds the images in the class folders of a folder.
 *
 * @param leftOut told of what is neither
 */
record ClassFolders(LeftOut leftOut) {
    static final ImmutableSet<String> ENDINGS = ImmutableSet.of("png", "jpg", "jpeg");

    /**
     * {@return the images, class by class and then by name}
     *
     * @param folder holds a folder per class
     * @throws InputException if it does not exist, has fewer than two classes, or a class has no image
     */
    ImmutableList<ImageFile> images(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "folder %s does not exist or is no folder: correct the path".formatted(text(folder)));
        }
        List<Path> classes = list(folder).stream().filter(this::isClass).toList();
        if (classes.isEmpty()) {
            throw new InputException("%s has no images: put a folder per class there, with .png or .jpg files in it"
                    .formatted(text(folder)));
        }
        if (classes.size() == 1) {
            throw new InputException("%s has only one class, %s: there must be two folders to tell apart"
                    .formatted(text(folder), Printable.quoted(name(classes.get(0)))));
        }
        return classes.stream().flatMap(this::imagesOf).collect(ImmutableList.toImmutableList());
    }

    private boolean isClass(Path path) {
        boolean is = !isHidden(path) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (!is) {
            leftOut.add(path, kind(path));
        }
        return is;
    }

    /** Counts what is in a folder and has none of these names. */
    void leaveOut(Path folder, Set<String> names) {
        list(folder).stream()
                .filter(path -> !names.contains(name(path)))
                .forEach(path -> leftOut.add(path, kind(path)));
    }

    private static LeftOut.Kind kind(Path path) {
        if (isHidden(path)) {
            return LeftOut.Kind.HIDDEN;
        }
        if (Files.isSymbolicLink(path)) {
            return LeftOut.Kind.LINK;
        }
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? LeftOut.Kind.FOLDER : LeftOut.Kind.FILE;
    }

    private static boolean isHidden(Path path) {
        return name(path).startsWith(".");
    }

    private Stream<ImageFile> imagesOf(Path classFolder) {
        List<Path> images = list(classFolder).stream().filter(this::isImage).toList();
        if (images.isEmpty()) {
            throw new InputException("class folder %s has no image: put .png or .jpg files there, or remove it"
                    .formatted(text(classFolder)));
        }
        return images.stream().map(path -> new ImageFile(path, name(classFolder)));
    }

    private boolean isImage(Path path) {
        boolean is = !isHidden(path) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && isNamedAsImage(path);
        if (!is) {
            leftOut.add(path, kind(path));
        }
        return is;
    }

    static boolean isNamedAsImage(Path path) {
        return ENDINGS.contains(ending(path));
    }

    /** What a file's name ends with, in small letters; nothing where it has no dot. */
    static String ending(Path path) {
        String name = name(path);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : Ascii.toLowerCase(name.substring(dot + 1));
    }

    /** Whether there is such a folder, with folders in it. */
    static boolean holdsFolders(Path folder) {
        return Files.isDirectory(folder)
                && list(folder).stream()
                        .anyMatch(path -> !isHidden(path) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** What is in a folder, by name. */
    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted(Comparator.comparing(ClassFolders::name)).toList();
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
