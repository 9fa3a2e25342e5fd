package sluice.framework.internal.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import sluice.framework.internal.file.WholeFile;
import sluice.framework.predict.file.ModelReading;
import sluice.framework.predict.file.UnreadableModelException;
import sluice.tasks.InputException;

/**
 * A model as a zip file: {@code model.json} says what it is, {@code parameters.bin} holds its numbers; a second model may
 * lie with it, in two more entries under {@code subnetworks/}. A checksum covers every byte. Equal contents give equal bytes.
 */
public final class ModelArchive {
    /** The entry that says what the model is. */
    public static final String DESCRIPTION = ModelReading.DESCRIPTION;

    /** Format from which files are {@linkplain ModelSeal sealed}. */
    public static final int SEALED = ModelReading.SEALED;

    /** Of gated networks whose tasks have gaters or exits, which earlier builds cannot read. */
    public static final int CONDITIONAL = 5;

    /** Of gated networks with tasks that have their units for themselves, likewise. */
    public static final int SEPARATE = 6;

    /** Bytes of an entry that is packed, which makes weights smaller by a twelfth, and takes long. */
    private static final int MOST_PACKED = 1 << 24;

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ModelArchive() {}

    /**
     * What there is of a model.
     *
     * @param description what it is, JSON
     * @param parameters its numbers, big-endian
     */
    public record Content(byte[] description, Parameters parameters) {
        /**
         * The same of few numbers.
         *
         * @param description what it is, JSON
         * @param parameters its numbers, big-endian
         */
        public Content(byte[] description, byte[] parameters) {
            this(description, Parameters.of(out -> out.write(parameters)));
        }
    }

    /**
     * @param file where to; replaced if there
     * @param model what there is of it
     * @param second what there is of a model that lies with it
     * @throws InputException if it cannot be written
     */
    public static void write(Path file, Content model, Optional<Content> second) {
        WholeFile.write(
                file,
                out -> ModelSeal.write(out, zip -> {
                    put(zip, "", model);
                    if (second.isPresent()) {
                        put(zip, ModelReading.SECOND, second.get());
                    }
                }));
    }

    private static void put(ZipOutputStream zip, String folder, Content model) throws IOException {
        put(zip, folder + DESCRIPTION, Parameters.of(out -> out.write(model.description())));
        put(zip, folder + ModelReading.PARAMETERS, model.parameters());
    }

    private static void put(ZipOutputStream zip, String name, Parameters content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.setLevel(content.bytes() > MOST_PACKED ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED);
        zip.putNextEntry(entry);
        content.written().writeTo(zip);
    }

    /**
     * {@return the model}
     *
     * @param file that {@link #write} wrote
     * @param reading makes the model
     * @param <T> the model
     * @throws InputException if there is no such file, or it is damaged
     */
    public static <T> T read(Path file, ModelReading.Reading<T> reading) {
        try {
            return ModelReading.read(file, reading);
        } catch (UnreadableModelException unreadable) {
            throw new InputException(unreadable.getMessage(), unreadable);
        }
    }

    /**
     * {@return what kind of model its description says it is; empty for a gated network, which says nothing}
     *
     * @param file that {@link #write} wrote
     * @throws InputException if there is no such file, or it is damaged
     */
    public static String kind(Path file) {
        return read(file, (model, second) -> kind(model.description()));
    }

    public static String kind(byte[] description) throws IOException {
        return new ObjectMapper().readTree(description).path("kind").asText();
    }

    /**
     * {@return what tells whether they are whole}
     *
     * @param parameters of a model
     */
    public static String checksum(byte[] parameters) {
        return ModelReading.checksum(parameters);
    }

    /**
     * {@return an error to throw}
     *
     * @param file that was read
     * @param why it is no such model
     */
    public static InputException damaged(Path file, String why) {
        return new InputException(ModelReading.damaged(file, why).getMessage());
    }
}
