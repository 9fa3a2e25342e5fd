package sluice.framework.picture;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import sluice.framework.generator.ImageForm;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;

/**
 * All images in one file of MNIST's format, unsigned bytes.
 *
 * @param place the file
 * @param compressed whether it is gzip
 */
public record IdxOutput(Path place, boolean compressed) implements PictureOutput {
    private static final int MAGIC_OF_IMAGES = 0x803;
    private static final int BUFFER = 1 << 16;

    /** Those that read such files hold all values in an array. */
    private static final long MOST_VALUES = Integer.MAX_VALUE - 16;

    @Override
    public void check(ImageForm form, int count) {
        Canvas.Frame frame = Canvas.Frame.of(form.shape());
        if (frame.channels() > 1) {
            throw new InputException(
                    "%s: a file of MNIST's format has no colours: choose an --out that ends with .png or /"
                            .formatted(place));
        }
        long values = (long) count * form.shape().features();
        if (values > MOST_VALUES) {
            throw new InputException(
                    "%,d images of %d x %d pixels are too many for one file of MNIST's format: ask for at most %,d"
                            .formatted(
                                    count,
                                    frame.height(),
                                    frame.width(),
                                    MOST_VALUES / form.shape().features()));
        }
    }

    @Override
    public void write(ImageForm form, int count, PictureSource source) {
        Canvas.Frame frame = Canvas.Frame.of(form.shape());
        WholeFile.write(place, out -> {
            if (compressed) {
                GZIPOutputStream gzip = new GZIPOutputStream(out, BUFFER);
                write(frame, count, source, gzip);
                gzip.finish();
            } else {
                write(frame, count, source, out);
            }
        });
    }

    private static void write(Canvas.Frame frame, int count, PictureSource source, OutputStream out)
            throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(MAGIC_OF_IMAGES);
        data.writeInt(count);
        data.writeInt(frame.height());
        data.writeInt(frame.width());
        byte[] bytes = new byte[frame.height() * frame.width()];
        try {
            source.draw(image -> {
                for (int j = 0; j < bytes.length; j++) {
                    bytes[j] = (byte) Canvas.shade(image.pixels()[j]);
                }
                write(data, bytes);
            });
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        data.flush();
    }

    private static void write(DataOutputStream data, byte[] bytes) {
        try {
            data.write(bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
