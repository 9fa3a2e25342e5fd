package sluice.tasks.source;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.tasks.InputException;

/**
 * A folder that may hold the four files of a data set.
 *
 * @param folder need not exist
 */
record IdxFolder(Path folder) {
    /** The files that are there, whichever of their known names they have. */
    ImmutableMap<IdxPart, Path> present() {
        Map<IdxPart, Path> present = new EnumMap<>(IdxPart.class);
        for (IdxPart part : IdxPart.values()) {
            part.knownFileNames().stream()
                    .map(folder::resolve)
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .ifPresent(file -> present.put(part, file));
        }
        return Maps.immutableEnumMap(present);
    }

    /** The parts that are not there. */
    List<IdxPart> missing() {
        return Arrays.stream(IdxPart.values())
                .filter(part -> !present().containsKey(part))
                .toList();
    }

    /**
     * Finds the files in a folder that the user named: in its folder of the data set's name, else in itself.
     *
     * @param dataSet the data set's name
     * @param place the folder
     * @param otherwise what the user can do instead, ending the message
     * @return all four files
     * @throws InputException if neither folder has all four
     */
    static ImmutableMap<IdxPart, Path> find(String dataSet, DataPlace.Given place, String otherwise) {
        Path outer = place.folder();
        if (!Files.isDirectory(outer)) {
            throw new InputException("data folder %s (from %s) does not exist or is no folder: correct the path%s"
                    .formatted(outer, place.origin(), otherwise));
        }
        List<IdxFolder> candidates = List.of(new IdxFolder(outer.resolve(dataSet)), new IdxFolder(outer));
        for (IdxFolder candidate : candidates) {
            List<IdxPart> missing = candidate.missing();
            if (missing.isEmpty()) {
                return candidate.present();
            }
            if (missing.size() < IdxPart.values().length) {
                throw new InputException("data set %s: %s is missing from %s (from %s): put it there%s"
                        .formatted(dataSet, names(missing), candidate.folder(), place.origin(), otherwise));
            }
        }
        throw new InputException("data set %s: neither %s nor %s (from %s) has its files: put %s into one of them%s"
                .formatted(
                        dataSet,
                        outer.resolve(dataSet),
                        outer,
                        place.origin(),
                        names(List.of(IdxPart.values())),
                        otherwise));
    }

    private static String names(List<IdxPart> parts) {
        return parts.stream().map(part -> part.fileName() + "(.gz)").collect(Collectors.joining(", "));
    }
}
