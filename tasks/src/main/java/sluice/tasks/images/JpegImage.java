package sluice.tasks.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import sluice.tasks.InputException;

/**
 * The content of a JPEG file, sequential or progressive, grey or in colours.
 *
 * @param path where it is
 * @param header what it says before its pixels
 */
record JpegImage(Path path, JpegHeader header) implements EncodedImage {
    /** A block of 8 by 8 pixels takes a bit at least. */
    private static final long MOST_PIXELS_PER_BYTE = 64 * Byte.SIZE;

    /** A progressive image's coefficients are kept until its last scan. */
    private static final int COEFFICIENT_BYTES = 2;

    static JpegImage of(Path path, byte[] content) {
        JpegHeader header;
        try {
            header = JpegHeader.of(content);
        } catch (IOException e) {
            throw damaged(path, "its header cannot be read", e);
        }
        JpegImage image = new JpegImage(path, header);
        image.checkKind();
        if (header.stored().pixels() > MOST_PIXELS_PER_BYTE * content.length) {
            throw EncodedImage.promises(path, image.size(), content);
        }
        return image;
    }

    private void checkKind() {
        if (header.components() == 4) {
            throw unknown("has four inks (CMYK)", "convert it to RGB");
        }
        if (header.components() != 1 && header.components() != 3) {
            throw unknown("has %d values of a pixel".formatted(header.components()), "convert it to grey or RGB");
        }
        if (header.precision() != Byte.SIZE) {
            throw unknown("has samples of %d bits".formatted(header.precision()), "convert it to 8 bits");
        }
        if (header.frame() > 0xc2) {
            throw unknown("is lossless or has arithmetic coding", "save it as baseline JPEG or PNG");
        }
        if (header.stored().pixels() == 0) {
            throw damaged(path, "its header promises no pixels", null);
        }
    }

    private InputException unknown(String kind, String advice) {
        return new InputException("%s is a JPEG image that %s, which is not read: %s, or remove it"
                .formatted(ClassFolders.text(path), kind, advice));
    }

    private static InputException damaged(Path path, String how, Exception cause) {
        return new InputException(
                "%s is damaged or no JPEG image (%s): replace or remove it".formatted(ClassFolders.text(path), how),
                cause);
    }

    @Override
    public PixelSize size() {
        return header.orientation().upright(header.stored());
    }

    @Override
    public long decodedBytes() {
        long samples = header.stored().pixels() * header.components();
        return header.plain().length + samples * (header.progressive() ? 1 + COEFFICIENT_BYTES : 1);
    }

    @Override
    public Pixels pixels() {
        Decoding<BufferedImage> decoded;
        try {
            decoded = Decoding.of(ImageFormat.JPEG, header.plain(), reader -> reader.read(0));
        } catch (IOException e) {
            throw damaged(path, "its pixels cannot be read", e);
        }
        decoded.warnings().stream()
                .filter(warning -> !isHarmless(warning))
                .findFirst()
                .ifPresent(warning -> {
                    throw damaged(
                            path,
                            warning.startsWith("Truncated")
                                    ? "it ends too early"
                                    : "its pixels are broken off or changed",
                            null);
                });
        return header.orientation().upright(Pixels.of(decoded.answer()));
    }

    /** Cameras leave bytes between segments. */
    private static boolean isHarmless(String warning) {
        return warning.contains("extraneous bytes");
    }
}
