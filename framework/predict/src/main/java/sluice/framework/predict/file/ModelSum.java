package sluice.framework.predict.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * A checksum over every byte of a model file, at its very end: a zip file ends with its comment, which here ends with the
 * SHA-256 (hex) of all bytes before these digits. Files of the formats before had none.
 */
public final class ModelSum {
    /** What stands before the digits. */
    public static final String TITLE = "sluice sha-256 ";

    /** How many digits there are. */
    public static final int DIGITS = 64;

    private ModelSum() {}

    /**
     * {@return the checksum of a file, its digits; empty if it has none}
     *
     * @param file a model; opened once, so that another which takes its place meanwhile is not read with it
     * @throws IOException if it cannot be read
     * @throws UnreadableModelException if it has a checksum, and another content than when that was formed
     */
    static Optional<String> verified(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file);
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel))) {
            long length = channel.size();
            if (length < TITLE.length() + DIGITS) {
                return Optional.empty();
            }
            MessageDigest digest = ModelReading.sha256();
            add(in, length - DIGITS - TITLE.length(), digest);
            byte[] title = in.readNBytes(TITLE.length());
            if (!new String(title, StandardCharsets.ISO_8859_1).equals(TITLE)) {
                return Optional.empty();
            }
            digest.update(title);
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(new String(in.readNBytes(DIGITS), StandardCharsets.ISO_8859_1))) {
                throw ModelReading.damaged(file, "it does not match its checksum");
            }
            return Optional.of(found);
        }
    }

    /**
     * {@return the digits with which the comment of an open zip file ends; empty if they are none}
     *
     * @param zip a model
     */
    static Optional<String> claimed(ZipFile zip) {
        String comment = Objects.requireNonNullElse(zip.getComment(), "");
        int digits = comment.length() - DIGITS;
        return digits >= 0 && comment.startsWith(TITLE, digits - TITLE.length())
                ? Optional.of(comment.substring(digits))
                : Optional.empty();
    }

    private static void add(InputStream in, long length, MessageDigest digest) throws IOException {
        byte[] block = new byte[1 << 16];
        long left = length;
        while (left > 0) {
            int read = in.read(block, 0, (int) Math.min(block.length, left));
            if (read < 0) {
                return;
            }
            digest.update(block, 0, read);
            left -= read;
        }
    }
}
