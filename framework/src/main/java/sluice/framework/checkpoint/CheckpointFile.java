package sluice.framework.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import sluice.framework.internal.file.WholeFile;
import sluice.framework.internal.state.Snapshot;
import sluice.tasks.InputException;

/**
 * The file of a checkpoint: a line that says what it is and its format, SHA-256 (32 bytes) of all that follows, the length of a table of
 * contents (4 bytes), that table as JSON with notes, names and lengths, and the entries, one after another. Nothing is compressed:
 * numbers of a training hardly can be.
 */
final class CheckpointFile {
    private static final String KIND = "sluice checkpoint ";
    private static final int FORMAT = 1;
    private static final byte[] FIRST_LINE = (KIND + FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM = 32;

    /** Bytes that are read at once. */
    private static final int BUFFER = 1 << 16;

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private CheckpointFile() {}

    /** Names and lengths of entries, in their order. */
    record Contents(Map<String, String> notes, List<Entry> entries) {
        boolean isWhole() {
            return notes != null
                    && notes.values().stream().allMatch(Objects::nonNull)
                    && entries != null
                    && entries.stream().allMatch(entry -> entry != null && entry.name() != null && entry.length() >= 0);
        }
    }

    record Entry(String name, int length) {}

    static void write(Checkpoint checkpoint, Path file) {
        ImmutableMap<String, byte[]> entries = checkpoint.snapshot().entries();
        byte[] contents = contents(checkpoint);
        byte[] length =
                ByteBuffer.allocate(Integer.BYTES).putInt(contents.length).array();
        var hasher = Hashing.sha256().newHasher().putBytes(length).putBytes(contents);
        entries.values().forEach(hasher::putBytes);
        byte[] checksum = hasher.hash().asBytes();
        WholeFile.write(file, out -> {
            out.write(FIRST_LINE);
            out.write(checksum);
            out.write(length);
            out.write(contents);
            writeAll(entries, out);
        });
    }

    private static void writeAll(Map<String, byte[]> entries, OutputStream out) throws IOException {
        for (byte[] entry : entries.values()) {
            out.write(entry);
        }
    }

    private static byte[] contents(Checkpoint checkpoint) {
        try {
            return JSON.writeValueAsBytes(new Contents(
                    checkpoint.notes(),
                    checkpoint.snapshot().entries().entrySet().stream()
                            .map(entry -> new Entry(entry.getKey(), entry.getValue().length))
                            .toList()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The notes alone, without a look at the state and at the checksum. */
    static ImmutableMap<String, String> notes(Path file) {
        return read(file, (in, contents, checksum) -> ImmutableMap.copyOf(contents.notes()));
    }

    static Checkpoint read(Path file) {
        return read(file, (in, contents, checksum) -> {
            ImmutableMap.Builder<String, byte[]> entries = ImmutableMap.builder();
            for (Entry entry : contents.entries()) {
                byte[] bytes = new byte[entry.length()];
                in.readFully(bytes);
                entries.put(entry.name(), bytes);
            }
            if (!Arrays.equals(checksum, in.checksum())) {
                throw damaged(file);
            }
            return new Checkpoint(ImmutableMap.copyOf(contents.notes()), new Snapshot(entries.buildOrThrow()));
        });
    }

    /** What follows the checksum. */
    private static final class Sealed extends DataInputStream {
        private final HashingInputStream hashing;

        Sealed(InputStream rest) {
            this(new HashingInputStream(Hashing.sha256(), rest));
        }

        private Sealed(HashingInputStream hashing) {
            super(hashing);
            this.hashing = hashing;
        }

        /** Of all that was read. */
        byte[] checksum() {
            return hashing.hash().asBytes();
        }
    }

    @FunctionalInterface
    private interface Taker<T> {
        T take(Sealed entries, Contents contents, byte[] checksum) throws IOException;
    }

    private static <T> T read(Path file, Taker<T> taker) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            checkKind(in.readNBytes(FIRST_LINE.length), file);
            byte[] checksum = in.readNBytes(CHECKSUM);
            long rest = Files.size(file) - FIRST_LINE.length - CHECKSUM;
            try {
                Sealed sealed = new Sealed(in);
                return taker.take(sealed, contents(sealed, rest, file), checksum);
            } catch (EOFException | JsonProcessingException | IllegalArgumentException unreadable) {
                throw damaged(file);
            }
        } catch (IOException unreadable) {
            throw new InputException(
                    "%s cannot be read (%s): name a checkpoint".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    /** The table, whose lengths are those of the file, so that no array is made that it cannot fill. */
    private static Contents contents(Sealed sealed, long rest, Path file) throws IOException {
        int length = sealed.readInt();
        long entries = rest - Integer.BYTES - length;
        if (length < 0 || entries < 0) {
            throw damaged(file);
        }
        byte[] json = new byte[length];
        sealed.readFully(json);
        Contents contents = JSON.readValue(json, Contents.class);
        if (contents == null
                || !contents.isWhole()
                || contents.entries().stream().mapToLong(Entry::length).sum() != entries) {
            throw damaged(file);
        }
        return contents;
    }

    static boolean isIn(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(KIND.length()), StandardCharsets.US_ASCII).equals(KIND);
        } catch (IOException unreadable) {
            throw new InputException(
                    "%s cannot be read (%s): name a checkpoint".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    private static void checkKind(byte[] all, Path file) {
        String start = new String(all, 0, Math.min(all.length, FIRST_LINE.length), StandardCharsets.US_ASCII);
        if (!start.startsWith(KIND)) {
            throw new InputException("%s is no checkpoint: name one that a run wrote".formatted(file));
        }
        if (!start.equals(new String(FIRST_LINE, StandardCharsets.US_ASCII))) {
            throw new InputException(
                    "%s is a checkpoint of another format than this Sluice knows: use the version that wrote it"
                            .formatted(file));
        }
    }

    /** Of what a run kept in the end, in the same format, there is none before it. */
    private static InputException damaged(Path file) {
        return new InputException((file.getFileName().toString().startsWith("checkpoint")
                        ? "%s is a damaged checkpoint: delete it, so that the one before it is used"
                        : "%s is damaged: take the file as the run wrote it")
                .formatted(file));
    }
}
