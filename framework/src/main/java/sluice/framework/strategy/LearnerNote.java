package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Objects;
import sluice.framework.network.ShapeDescription;
import sluice.framework.sequence.TaughtTasks;

/**
 * What the file of a {@link TaughtLearner} says of it, as JSON.
 *
 * @param strategy by its name
 * @param settings of the strategy
 * @param optimizer by its name
 * @param shift of the normalisation
 * @param scale of the normalisation
 * @param tasks that it has learned
 * @param provenance where they come from
 */
record LearnerNote(
        String strategy,
        Object settings,
        String optimizer,
        long seed,
        ShapeDescription shape,
        float shift,
        float scale,
        TaughtTasks tasks,
        Map<String, String> provenance) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    LearnerNote with(ImmutableMap<String, String> other) {
        return new LearnerNote(strategy, settings, optimizer, seed, shape, shift, scale, tasks, other);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IllegalArgumentException if it says nothing that makes sense */
    static LearnerNote parse(String json) {
        try {
            LearnerNote note = JSON.readValue(json, LearnerNote.class);
            checkArgument(
                    note != null
                            && note.strategy != null
                            && note.settings != null
                            && note.optimizer != null
                            && note.shape != null
                            && note.shape.complete()
                            && note.tasks != null
                            && note.provenance != null
                            && note.provenance.values().stream().allMatch(Objects::nonNull),
                    "its note is not whole");
            note.tasks.check();
            return note;
        } catch (JsonProcessingException | NullPointerException foreign) {
            throw new IllegalArgumentException("its note cannot be read", foreign);
        }
    }
}
