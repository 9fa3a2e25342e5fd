package sluice.tasks.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** How images are written in files that are read, told by their first bytes. */
enum ImageFormat {
    /** Portable Network Graphics. */
    PNG(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'),
    /** Joint Photographic Experts Group. */
    JPEG(0xff, 0xd8, 0xff);

    /** That of other formats, too. */
    private static final int LONGEST = 12;

    private final byte[] signature;

    ImageFormat(int... signature) {
        this.signature = new byte[signature.length];
        for (int i = 0; i < signature.length; i++) {
            this.signature[i] = (byte) signature[i];
        }
    }

    /** That of a file's content, if it begins as one of them. */
    static Optional<ImageFormat> of(byte[] content) {
        return Stream.of(values())
                .filter(format -> content.length >= format.signature.length
                        && Arrays.equals(Arrays.copyOf(content, format.signature.length), format.signature))
                .findFirst();
    }

    /** Whether a file begins as images of one of them do. */
    static boolean begins(Path path) {
        return of(beginning(path)).isPresent();
    }

    /** Whether a file begins as images do that are not read. */
    static boolean beginsAsAnother(Path path) {
        return OtherFormat.of(beginning(path)).isPresent();
    }

    private static byte[] beginning(Path path) {
        try (InputStream content = Files.newInputStream(path)) {
            return content.readNBytes(LONGEST);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** All bytes of a file. */
    static byte[] content(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static InputException unreadable(Path path, IOException problem) {
        return new InputException(
                "cannot read %s (%s): check that it is a file that you may read"
                        .formatted(ClassFolders.text(path), Printable.of(problem.toString())),
                problem);
    }
}
