package sluice.tasks.source;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * A folder that may hold the four files of a data set, or of several.
 *
 * @param folder need not exist
 */
record IdxFolder(Path folder) {
    /** MNIST's names, before which nothing comes. */
    static final String MNIST = "";

    /** The files that are there, whichever of their known names they have, by what their names begin with. */
    ImmutableSortedMap<String, ImmutableMap<IdxPart, IdxName>> sets() {
        Map<String, Map<IdxPart, IdxName>> sets = new TreeMap<>();
        for (IdxName name : names()) {
            sets.computeIfAbsent(name.set(), any -> new EnumMap<>(IdxPart.class))
                    .putIfAbsent(name.part(), name);
        }
        ImmutableSortedMap.Builder<String, ImmutableMap<IdxPart, IdxName>> all = ImmutableSortedMap.naturalOrder();
        sets.forEach((set, files) -> all.put(set, ImmutableMap.copyOf(files)));
        return all.buildOrThrow();
    }

    private List<IdxName> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .map(IdxName::of)
                    .flatMap(Optional::stream)
                    .sorted(IdxName.BEST_FIRST)
                    .toList();
        } catch (IOException e) {
            throw new InputException(
                    "cannot read folder %s (%s): check that you may"
                            .formatted(Printable.of(folder.toString()), Printable.of(e.toString())),
                    e);
        }
    }

    /** The files with MNIST's names. */
    ImmutableMap<IdxPart, IdxName> present() {
        return sets().getOrDefault(MNIST, ImmutableMap.of());
    }

    /** The parts that are not there under MNIST's names. */
    List<IdxPart> missing() {
        return missing(present());
    }

    private static List<IdxPart> missing(Map<IdxPart, IdxName> files) {
        return Arrays.stream(IdxPart.values())
                .filter(part -> !files.containsKey(part))
                .toList();
    }

    /**
     * Finds the files in a folder that the user named: in its folder of the data set's name, else in itself. Where a folder has
     * several sets, those with MNIST's names come first.
     *
     * @param dataSet the data set's name
     * @param files what their names begin with, such as {@code emnist-letters}; {@link #MNIST} where nobody said it
     * @param place the folder
     * @param otherwise what the user can do instead, ending the message
     * @return all four files
     * @throws InputException if neither folder has all four, or it has several sets
     */
    static ImmutableMap<IdxPart, IdxName> find(String dataSet, String files, DataPlace.Given place, String otherwise) {
        Path outer = place.folder();
        if (!Files.isDirectory(outer)) {
            throw new InputException("data folder %s (from %s) does not exist or is no folder: correct the path%s"
                    .formatted(outer, place.origin(), otherwise));
        }
        List<IdxFolder> candidates = List.of(new IdxFolder(outer.resolve(dataSet)), new IdxFolder(outer));
        for (IdxFolder candidate : candidates) {
            Optional<String> set = candidate.chosen(dataSet, files);
            if (set.isPresent()) {
                ImmutableMap<IdxPart, IdxName> found = candidate.sets().get(set.get());
                List<IdxPart> missing = missing(found);
                if (missing.isEmpty()) {
                    return found;
                }
                throw new InputException("data set %s: %s is missing from %s (from %s): put it there%s"
                        .formatted(dataSet, names(set.get(), missing), candidate.folder(), place.origin(), otherwise));
            }
        }
        throw new InputException("data set %s: neither %s nor %s (from %s) has its files: put %s into one of them%s"
                .formatted(
                        dataSet,
                        outer.resolve(dataSet),
                        outer,
                        place.origin(),
                        names(files, List.of(IdxPart.values())),
                        otherwise));
    }

    /** Which of the sets is meant; nothing where it is not there. */
    private Optional<String> chosen(String dataSet, String files) {
        ImmutableSortedMap<String, ImmutableMap<IdxPart, IdxName>> sets = sets();
        if (sets.containsKey(files)) {
            return Optional.of(files);
        }
        if (!files.equals(MNIST) || sets.isEmpty()) {
            return Optional.empty();
        }
        if (sets.size() > 1) {
            throw new InputException(
                    "data set %s: %s has the files of %d sets, %s: name one in a script, data: {set: idx, folder: ..., files: %s}"
                            .formatted(
                                    dataSet, folder, sets.size(), String.join(", ", sets.keySet()), sets.firstKey()));
        }
        return Optional.of(sets.firstKey());
    }

    private static String names(String set, List<IdxPart> parts) {
        return parts.stream().map(part -> part.fileName(set) + "(.gz)").collect(Collectors.joining(", "));
    }
}
