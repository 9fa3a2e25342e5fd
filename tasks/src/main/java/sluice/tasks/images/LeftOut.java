package sluice.tasks.images;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sluice.tasks.Printable;

/** What lies in folders of images and is not read, counted by kind, with the names of the first of each. */
final class LeftOut {
    private static final int LISTED = 8;
    private static final int NAMED = 3;

    private final Path folder;
    private final Map<String, List<Path>> byKind = new TreeMap<>();

    /**
     * @param folder that names are told relative to
     */
    LeftOut(Path folder) {
        this.folder = folder;
    }

    /** Why something is not read. */
    enum Kind {
        /** A file whose name does not end as those of images do. */
        FILE,
        /** Its name begins with a dot. */
        HIDDEN,
        /** A symbolic link. */
        LINK,
        /** A folder where images are expected, or beside those of the parts. */
        FOLDER
    }

    void add(Path path, Kind kind) {
        byKind.computeIfAbsent(words(path, kind), any -> new ArrayList<>()).add(path);
    }

    private static String words(Path path, Kind kind) {
        String ending = ClassFolders.ending(path);
        return switch (kind) {
            case FILE -> {
                if (ClassFolders.ENDINGS.contains(ending)) {
                    yield ".%s outside a class folder".formatted(ending);
                }
                yield ending.isEmpty() ? "without an ending" : "." + Printable.of(ending);
            }
            case HIDDEN -> "hidden";
            case LINK -> "symbolic links";
            case FOLDER -> "folders that are no class";
        };
    }

    /** One line with the count of each kind; nothing where all was read. */
    ImmutableList<String> notes() {
        if (byKind.isEmpty()) {
            return ImmutableList.of();
        }
        int all = byKind.values().stream().mapToInt(List::size).sum();
        ImmutableList.Builder<String> kinds = ImmutableList.builder();
        byKind.entrySet().stream()
                .limit(LISTED)
                .forEach(kind -> kinds.add("%d %s (%s%s)"
                        .formatted(
                                kind.getValue().size(),
                                kind.getKey(),
                                kind.getValue().stream()
                                        .limit(NAMED)
                                        .map(path -> ClassFolders.text(folder.relativize(path)))
                                        .collect(Collectors.joining(", ")),
                                kind.getValue().size() > NAMED ? ", ..." : "")));
        if (byKind.size() > LISTED) {
            kinds.add("and %d more kinds".formatted(byKind.size() - LISTED));
        }
        return ImmutableList.of("%d left out of %s, where only .png, .jpg and .jpeg files in class folders are read: %s"
                .formatted(all, ClassFolders.text(folder), String.join(", ", kinds.build())));
    }
}
