package sluice.framework.internal.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;

/**
 * A model as a zip file: {@code model.json} says what it is, {@code parameters.bin} holds its numbers; a second model may
 * lie with it, in two more entries under {@code subnetworks/}. A checksum covers every byte. Equal contents give equal bytes.
 */
public final class ModelArchive {
    /** The entry that says what the model is. */
    public static final String DESCRIPTION = "model.json";

    /** The entry that holds its numbers. */
    static final String PARAMETERS = "parameters.bin";

    private static final String SECOND = "subnetworks/";
    private static final ImmutableSet<String> ENTRIES =
            ImmutableSet.of(DESCRIPTION, PARAMETERS, SECOND + DESCRIPTION, SECOND + PARAMETERS);

    /** Format from which files are {@linkplain ModelSeal sealed}. */
    public static final int SEALED = 4;

    /** Of gated networks whose tasks have gaters or exits, which earlier builds cannot read. */
    public static final int CONDITIONAL = 5;

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
         * {@return the model}
         *
         * @param model what there is of it
         * @param second what there is of a model that lies with it
         * @throws IOException if the description is no JSON, or not of such a model
         */
        T read(StoredModel model, Optional<StoredModel> second) throws IOException;
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
                        put(zip, SECOND, second.get());
                    }
                }));
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
     * {@return the model}
     *
     * @param file that {@link #write} wrote
     * @param reading makes the model
     * @param <T> the model
     * @throws InputException if there is no such file, or it is damaged
     */
    public static <T> T read(Path file, Reading<T> reading) {
        try {
            boolean sealed = ModelSeal.isSealed(file);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                checkEntries(zip, file);
                Optional<StoredModel> second = zip.getEntry(SECOND + DESCRIPTION) == null
                        ? Optional.empty()
                        : Optional.of(new StoredModel(file, zip, SECOND, sealed));
                return reading.read(new StoredModel(file, zip, "", sealed), second);
            }
        } catch (JsonProcessingException broken) {
            // without the excerpt, which has lines of its own
            throw damaged(file, broken.getOriginalMessage().lines().findFirst().orElse("no JSON"));
        } catch (NoSuchFileException absent) {
            throw new InputException(
                    "no model at %s: name the folder of a finished run, or the model in it".formatted(file), absent);
        } catch (ZipException
                | EOFException
                | BufferUnderflowException
                | ArithmeticException
                | IllegalArgumentException broken) {
            throw damaged(file, String.valueOf(broken.getMessage()));
        } catch (IOException unreadable) {
            throw new InputException("cannot read model %s: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    /** A name that is not known would be that of an entry which is missed elsewhere. */
    private static void checkEntries(ZipFile zip, Path file) {
        if (zip.getEntry(DESCRIPTION) == null) {
            throw damaged(file, "it has no entry " + DESCRIPTION);
        }
        zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> !ENTRIES.contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw damaged(file, "it has an entry of an unknown name");
                });
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
        return Hashing.sha256().hashBytes(parameters).toString();
    }

    /**
     * {@return an error to throw}
     *
     * @param file that was read
     * @param why it is no such model
     */
    public static InputException damaged(Path file, String why) {
        return new InputException("%s is damaged or no Sluice model (%s): save it again".formatted(file, why));
    }
}
