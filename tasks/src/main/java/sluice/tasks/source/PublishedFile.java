package sluice.tasks.source;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What is known of a file before it is downloaded.
 *
 * @param name the file's name on mirrors and here
 * @param sha256 SHA-256 (hex) of its uncompressed content
 * @param contentBytes bytes of its uncompressed content at the most, above 0: no mirror may send more
 */
public record PublishedFile(String name, String sha256, long contentBytes) {
    /** What gzip may add to content that does not get smaller, and more. */
    private static final int OVERHEAD = 1 << 16;

    /** Checks the range. */
    public PublishedFile {
        checkArgument(contentBytes > 0, "content must have more than 0 bytes, got %s", contentBytes);
    }

    /** Bytes of the file itself at the most, compressed or not. */
    long mostBytes() {
        return contentBytes + contentBytes / 1000 + OVERHEAD;
    }
}
