package sluice.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;

/** What run.json says of exact retention: whether every consolidated task kept every bit. */
enum Retention {
    /** Everything that was frozen is unchanged. */
    EXACT,
    /** Something that was frozen changed. */
    BROKEN,
    /** There was one task only, and so nothing to be retained. */
    UNDEFINED,
    /** The strategy promises no exact retention. */
    NOT_PROMISED,
    /** There is no record of it, as in results of other systems. */
    UNKNOWN;

    private static final String COMPARED = "compared_logits";

    static Retention of(ReportRun run) {
        JsonNode provenance = run.details().provenance();
        JsonNode exact = provenance.path("exact_retention");
        if (exact.isBoolean() && !isOfOneTask(run)) {
            return exact.booleanValue() ? EXACT : BROKEN;
        }
        if (exact.isBoolean() || provenance.path(COMPARED).isNumber()) {
            return UNDEFINED;
        }
        return provenance.isMissingNode() ? UNKNOWN : NOT_PROMISED;
    }

    private static boolean isOfOneTask(ReportRun run) {
        return run.matrix().tasks().size() == 1;
    }

    /** Logits of earlier tasks that were compared bit for bit after the last one, as after each before, and found equal. */
    static long comparedLogits(ReportRun run) {
        JsonNode provenance = run.details().provenance();
        JsonNode tasks = provenance.path("tasks"); // which earlier builds wrote alone
        return provenance
                .path(COMPARED)
                .asLong(tasks.path(tasks.size() - 1).path("unchanged").asLong(0));
    }
}
