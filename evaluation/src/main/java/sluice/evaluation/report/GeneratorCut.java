package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Keeps the page of networks that generate below its size: what is shown of fewer runs, in order of use. */
enum GeneratorCut {
    PICTURES_OF_FIRST_SEEDS(
            "pictures are shown of the first seed of each variant only; the folder of each run has all",
            data -> data.eachLaterSeed(ReportedGenerator::withoutPictures)),
    LATENTS_OF_FIRST_SEEDS(
            "the use of latents is shown of the first seed of each variant only; latents.csv of each run has all",
            data -> data.eachLaterSeed(ReportedGenerator::withoutLatents)),
    PROVENANCE_OF_FIRST_SEEDS(
            "settings and versions are shown of the first seed of each variant only; run.json of each run has all",
            data -> data.eachLaterSeed(ReportedGenerator::withoutProvenance)),
    PICTURES_OF_BEST("pictures are shown of the best variant only; the folder of each run has all", data -> {
        ReportedGenerator best = data.shown();
        return data.each(run -> run.equals(best) ? run : run.withoutPictures());
    }),
    THIN_CURVES(
            "bounds over steps show every fourth point; bounds.csv of each run has all",
            data -> data.each(GeneratorCut::thinned)),
    NO_PICTURES(
            "pictures would make this page too large; the folder of each run has them",
            data -> data.each(ReportedGenerator::withoutPictures)),
    NO_LATENTS(
            "the use of latents would make this page too large; latents.csv of each run has it",
            data -> data.each(ReportedGenerator::withoutLatents)),
    NO_PROVENANCE(
            "settings and versions would make this page too large; run.json of each run has them",
            data -> data.each(ReportedGenerator::withoutProvenance));

    private static final int EVERY = 4;

    private final String note;
    private final UnaryOperator<GeneratorRuns> cut;

    GeneratorCut(String note, UnaryOperator<GeneratorRuns> cut) {
        this.note = note;
        this.cut = cut;
    }

    /** What a reader is told. */
    String note() {
        return note;
    }

    GeneratorRuns applyTo(GeneratorRuns data) {
        return cut.apply(data);
    }

    private static ReportedGenerator thinned(ReportedGenerator run) {
        int last = run.curve().size() - 1;
        return run.withCurve(IntStream.rangeClosed(0, last)
                .filter(i -> i % EVERY == 0 || i == last)
                .mapToObj(run.curve()::get)
                .collect(toImmutableList()));
    }
}
