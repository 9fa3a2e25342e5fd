package sluice.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;

/** What run.json says of exact retention: whether every consolidated task kept every bit. */
enum Retention {
    /** Everything that was frozen is unchanged. */
    EXACT,
    /** Something that was frozen changed. */
    BROKEN,
    /** The strategy promises no exact retention. */
    NOT_PROMISED,
    /** There is no record of it, as in results of other systems. */
    UNKNOWN;

    static Retention of(ReportRun run) {
        JsonNode provenance = run.details().provenance();
        JsonNode exact = provenance.path("exact_retention");
        if (exact.isBoolean()) {
            return exact.booleanValue() ? EXACT : BROKEN;
        }
        return provenance.isMissingNode() ? UNKNOWN : NOT_PROMISED;
    }

    /** Logits of earlier tasks that were compared bit for bit and found equal. */
    static long comparedLogits(ReportRun run) {
        long logits = 0;
        for (JsonNode task : run.details().provenance().path("tasks")) {
            logits += task.path("unchanged").asLong(0);
        }
        return logits;
    }
}
