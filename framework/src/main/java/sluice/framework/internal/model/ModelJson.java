package sluice.framework.internal.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import sluice.framework.predict.file.StoredModel;

/** Descriptions of models as JSON, in which a newer build may say more than is read here. */
public final class ModelJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ModelJson() {}

    /**
     * {@return it as JSON}
     *
     * @param description a record of what a model is
     */
    public static byte[] bytes(Object description) {
        try {
            return JSON.writeValueAsBytes(description);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * {@return what JSON says}
     *
     * @param described of {@link #bytes}
     * @param type of the description
     * @param <T> the description
     * @throws IOException if it is no JSON of that type
     */
    public static <T> T read(byte[] described, Class<T> type) throws IOException {
        return JSON.readValue(described, type);
    }

    /**
     * {@return what a stored model says that it is}
     *
     * @param stored the model
     * @param kind that it must be of
     * @param advice ends the message where it is of another
     * @param type of the description
     * @param <T> the description
     * @throws IOException if its description cannot be read
     * @throws sluice.tasks.InputException if it is of another kind
     */
    public static <T> T read(StoredModel stored, ModelKind kind, String advice, Class<T> type) throws IOException {
        byte[] described = stored.description();
        kind.check(described, stored.file(), advice);
        return read(described, type);
    }
}
