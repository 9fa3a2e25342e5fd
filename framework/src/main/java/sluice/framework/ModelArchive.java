package sluice.framework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import sluice.tasks.InputException;

/**
 * A model as a zip file: {@code model.json} says what it is, {@code parameters.bin} holds its numbers; a second model may
 * lie with it, in two more entries under {@code subnetworks/}. Equal contents give equal bytes.
 */
public final class ModelArchive {
    /** The entry that says what the model is. */
    public static final String DESCRIPTION = "model.json";

    private static final String PARAMETERS = "parameters.bin";
    private static final String SECOND = "subnetworks/";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ModelArchive() {}

    /**
     * What there is of a model.
     *
     * @param description what it is, JSON
     * @param parameters its numbers, big-endian
     */
    public record Content(byte[] description, byte[] parameters) {}

    /**
     * Makes a model of what a file holds.
     *
     * @param <T> the model
     */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * @param model what there is of it
         * @param second what there is of a model that lies with it
         * @return the model
         * @throws IOException if the description is no JSON, or not of such a model
         */
        T read(Content model, Optional<Content> second) throws IOException;
    }

    /**
     * @param file where to; replaced if there
     * @param model what there is of it
     * @param second what there is of a model that lies with it
     * @throws InputException if it cannot be written
     */
    public static void write(Path file, Content model, Optional<Content> second) {
        WholeFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            put(zip, "", model);
            if (second.isPresent()) {
                put(zip, SECOND, second.get());
            }
            zip.finish();
        });
    }

    private static void put(ZipOutputStream zip, String folder, Content model) throws IOException {
        put(zip, folder + DESCRIPTION, model.description());
        put(zip, folder + PARAMETERS, model.parameters());
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    /**
     * @param file that {@link #write} wrote
     * @param reading makes the model
     * @return the model
     * @param <T> the model
     * @throws InputException if there is no such file, or it is damaged
     */
    public static <T> T read(Path file, Reading<T> reading) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Optional<Content> second = zip.getEntry(SECOND + DESCRIPTION) == null
                    ? Optional.empty()
                    : Optional.of(content(zip, SECOND, file));
            return reading.read(content(zip, "", file), second);
        } catch (NoSuchFileException absent) {
            throw new InputException("no model at %s: name the model file of a finished run".formatted(file), absent);
        } catch (ZipException
                | EOFException
                | JsonProcessingException
                | BufferUnderflowException
                | IllegalArgumentException broken) {
            throw damaged(file, String.valueOf(broken.getMessage()));
        } catch (IOException unreadable) {
            throw new InputException("cannot read model %s: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    private static Content content(ZipFile zip, String folder, Path file) throws IOException {
        return new Content(entry(zip, folder + DESCRIPTION, file), entry(zip, folder + PARAMETERS, file));
    }

    /**
     * @param file that {@link #write} wrote
     * @return what kind of model its description says it is; empty for a gated network, which says nothing
     * @throws InputException if there is no such file, or it is damaged
     */
    public static String kind(Path file) {
        return read(file, (model, second) -> kind(model.description()));
    }

    static String kind(byte[] description) throws IOException {
        return new ObjectMapper().readTree(description).path("kind").asText();
    }

    private static byte[] entry(ZipFile zip, String name, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged(file, "it has no entry " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /**
     * @param parameters of a model
     * @return what tells whether they are whole
     */
    public static String checksum(byte[] parameters) {
        return Hashing.sha256().hashBytes(parameters).toString();
    }

    /**
     * @param file that was read
     * @param parameters that were found in it
     * @param expected their {@link #checksum} as it was when they were written
     * @throws InputException if they have another
     */
    public static void check(Path file, byte[] parameters, String expected) {
        if (!checksum(parameters).equals(expected)) {
            throw damaged(file, "its parameters do not match their checksum");
        }
    }

    /**
     * @param file that was read
     * @param why it is no such model
     * @return an error to throw
     */
    public static InputException damaged(Path file, String why) {
        return new InputException("%s is damaged or no Sluice model (%s): save it again".formatted(file, why));
    }
}
