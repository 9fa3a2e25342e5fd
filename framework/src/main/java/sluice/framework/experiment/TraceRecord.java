package sluice.framework.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.run.LearningPoint;
import sluice.framework.internal.state.StateMisfitException;

/**
 * What passed in a run so far, as checkpoints hold it.
 *
 * @param curve how tasks were learned
 * @param points how tasks did between steps
 * @param warnings what was warned of
 */
record TraceRecord(List<LearningPoint> curve, List<ContinualEvaluation.Point> points, List<String> warnings) {
    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static TraceRecord read(byte[] bytes) {
        try {
            return JSON.readValue(bytes, TraceRecord.class);
        } catch (IOException unreadable) {
            throw new StateMisfitException("what passed so far cannot be read: " + unreadable.getMessage());
        }
    }
}
