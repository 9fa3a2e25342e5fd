package sluice.framework.predict.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads a model from its zip file: {@code model.json} says what it is, {@code parameters.bin} holds its numbers; a second
 * model may lie with it, in two more entries under {@code subnetworks/}. A checksum covers every byte.
 */
public final class ModelReading {
    /** The entry that says what the model is. */
    public static final String DESCRIPTION = "model.json";

    /** The entry that holds its numbers. */
    public static final String PARAMETERS = "parameters.bin";

    /** Where the entries of a second model lie. */
    public static final String SECOND = "subnetworks/";

    /** Format from which files end with a checksum over every byte. */
    public static final int SEALED = 4;

    /** A file is opened twice, and another may be moved into its place between: few are saved so often that it happens twice. */
    private static final int MOST_ATTEMPTS = 100;

    private static final Set<String> ENTRIES =
            Set.of(DESCRIPTION, PARAMETERS, SECOND + DESCRIPTION, SECOND + PARAMETERS);

    private ModelReading() {}

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
     * {@return the model; one of them, whole, where others are saved in its place meanwhile}
     *
     * @param file a saved model
     * @param reading makes the model
     * @param <T> the model
     * @throws UnreadableModelException if there is no such file, or it is damaged
     */
    public static <T> T read(Path file, Reading<T> reading) {
        try {
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                Optional<String> sum = ModelSum.verified(file);
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    if (ModelSum.claimed(zip).equals(sum)) {
                        return read(file, zip, sum.isPresent(), reading);
                    }
                }
            }
            throw new UnreadableModelException(
                    "cannot read model %s: another was saved in its place whenever it was read: read it when nothing saves it"
                            .formatted(file));
        } catch (JsonProcessingException broken) {
            // without the excerpt, which has lines of its own
            throw damaged(file, broken.getOriginalMessage().lines().findFirst().orElse("no JSON"));
        } catch (NoSuchFileException absent) {
            throw new UnreadableModelException(
                    "no model at %s: name the folder of a finished run, or the model in it".formatted(file), absent);
        } catch (ZipException
                | EOFException
                | BufferUnderflowException
                | ArithmeticException
                | IllegalArgumentException broken) {
            throw damaged(file, String.valueOf(broken.getMessage()));
        } catch (IOException unreadable) {
            throw new UnreadableModelException(
                    "cannot read model %s: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    private static <T> T read(Path file, ZipFile zip, boolean sealed, Reading<T> reading) throws IOException {
        checkEntries(zip, file);
        Optional<StoredModel> second = zip.getEntry(SECOND + DESCRIPTION) == null
                ? Optional.empty()
                : Optional.of(new StoredModel(file, zip, SECOND, sealed));
        return reading.read(new StoredModel(file, zip, "", sealed), second);
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
     * {@return an error to throw}
     *
     * @param file that was read
     * @param why it is no such model
     */
    public static UnreadableModelException damaged(Path file, String why) {
        return new UnreadableModelException(
                "%s is damaged or no Sluice model (%s): save it again".formatted(file, why));
    }

    /**
     * {@return what tells whether they are whole: SHA-256 (hex)}
     *
     * @param parameters of a model
     */
    public static String checksum(byte[] parameters) {
        return HexFormat.of().formatHex(sha256().digest(parameters));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java has it
        }
    }
}
