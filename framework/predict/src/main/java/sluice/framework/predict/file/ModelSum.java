package sluice.framework.predict.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

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
     * {@return whether a file has a checksum}
     *
     * @param file a model
     * @throws IOException if it cannot be read
     * @throws UnreadableModelException if it has one, and another content than when that was formed
     */
    static boolean isSealed(Path file) throws IOException {
        long length = Files.size(file);
        if (length < TITLE.length() + DIGITS) {
            return false;
        }
        MessageDigest digest = ModelReading.sha256();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            add(in, length - DIGITS - TITLE.length(), digest);
            byte[] title = in.readNBytes(TITLE.length());
            if (!new String(title, StandardCharsets.ISO_8859_1).equals(TITLE)) {
                return false;
            }
            digest.update(title);
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(new String(in.readNBytes(DIGITS), StandardCharsets.ISO_8859_1))) {
                throw ModelReading.damaged(file, "it does not match its checksum");
            }
            return true;
        }
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
