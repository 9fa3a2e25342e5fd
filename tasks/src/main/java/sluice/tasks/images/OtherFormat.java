package sluice.tasks.images;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Images that are not read, told by their first bytes, whatever their names end with. */
enum OtherFormat {
    WEBP("WebP", "RIFF.{4}WEBP"),
    HEIF("HEIC or AVIF", ".{4}ftyp(hei|hev|mif1|msf1|avi)"),
    GIF("GIF", "GIF8"),
    TIFF("TIFF", "II\\*\0|MM\0\\*"),
    BMP("BMP", "BM.{4}\0\0\0\0");

    private static final int LONGEST = 12;

    private final String called;
    private final Pattern beginning;

    OtherFormat(String called, String beginning) {
        this.called = called;
        this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
    }

    /** That of a file's content, if it begins as one of them. */
    static Optional<OtherFormat> of(byte[] content) {
        String start = new String(content, 0, Math.min(LONGEST, content.length), StandardCharsets.ISO_8859_1);
        return Stream.of(values())
                .filter(format -> format.beginning.matcher(start).lookingAt())
                .findFirst();
    }

    String called() {
        return called;
    }
}
