package sluice.tasks.source;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import sluice.tasks.InputException;

/**
 * What EMNIST calls its classes, in a file such as {@code emnist-letters-mapping.txt}: on each line a label and the codes of the
 * characters that it stands for, of which the first is its name.
 *
 * @param path where it is
 * @param characters by label
 * @param sha256 SHA-256 (hex) of it
 */
record IdxClassNames(Path path, Map<Integer, String> characters, String sha256) {
    private static final Pattern LINE = Pattern.compile("(\\d{1,5})\\s+(\\d{1,6})(\\s+\\d{1,6})*\\s*");

    /** Those of a set, where its folder has them. */
    static Optional<IdxClassNames> of(IdxName images) {
        Path path = images.path().resolveSibling(images.set() + "-mapping.txt");
        return !images.set().isEmpty() && Files.isRegularFile(path) ? Optional.of(read(path)) : Optional.empty();
    }

    private static IdxClassNames read(Path path) {
        ByteSource content = MoreFiles.asByteSource(path);
        try {
            Map<Integer, String> characters = new TreeMap<>();
            int number = 0;
            for (String line : content.asCharSource(StandardCharsets.ISO_8859_1).readLines()) {
                number++;
                Matcher numbers = LINE.matcher(line);
                if (line.isBlank()) {
                    continue;
                }
                if (!numbers.matches() || !Character.isValidCodePoint(Integer.parseInt(numbers.group(2)))) {
                    throw new InputException(
                            "%s, line %d: must be a label and the codes of its characters, such as 1 65 97: correct or remove the file"
                                    .formatted(path, number));
                }
                characters.put(
                        Integer.parseInt(numbers.group(1)), Character.toString(Integer.parseInt(numbers.group(2))));
            }
            return new IdxClassNames(
                    path, characters, content.hash(Hashing.sha256()).toString());
        } catch (IOException e) {
            throw HashedContent.unreadable(path, e);
        }
    }

    /** Names of all labels up to the largest; a label without one is called by its number. */
    ImmutableList<String> upTo(int largest) {
        return IntStream.rangeClosed(0, largest)
                .mapToObj(label -> characters.getOrDefault(label, Integer.toString(label)))
                .collect(ImmutableList.toImmutableList());
    }
}
