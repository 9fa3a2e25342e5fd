package sluice.tasks.images;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What Java's reader of a format answered.
 *
 * @param answer to the question
 * @param warnings that came with it, in the reader's words
 */
record Decoding<T>(T answer, ImmutableList<String> warnings) {
    /** A question to the reader of an image. */
    interface Question<T> {
        T ask(ImageReader reader) throws IOException;
    }

    /** Asks it; what damaged images make it throw is an IOException. */
    @SuppressWarnings("CatchingUnchecked") // what damaged images make the reader throw is not documented
    static <T> Decoding<T> of(ImageFormat format, byte[] content, Question<T> question) throws IOException {
        ImmutableList.Builder<String> warnings = ImmutableList.builder();
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(in, true, true);
            return new Decoding<>(question.ask(reader), warnings.build());
        } catch (RuntimeException e) {
            throw new IOException(e);
        } finally {
            reader.dispose();
        }
    }
}
