package sluice.evaluation;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** References on tasks with hostile names, and reports of matrices against references on their tasks; some with gaps. */
final class RandomReferences extends DomainContextBase {
    @Provide
    Arbitrary<ReferenceAccuracies> references() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        RandomMatrices.names().list().ofMaxSize(5).uniqueElements(),
                        Arbitraries.randoms(),
                        missing())
                .as(RandomReferences::filled)
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<ForgettingReport> reports() {
        return Combinators.combine(
                        new RandomMatrices().matrices(),
                        Arbitraries.of(ForgettingDefinition.class),
                        Arbitraries.randoms(),
                        missing())
                .as((matrix, definition, random, missing) -> ForgettingReport.of(matrix, definition)
                        .against(filled(matrix.seed(), matrix.tasks(), random, missing)))
                .withoutEdgeCases();
    }

    private static Arbitrary<Double> missing() {
        return Arbitraries.of(0.0, 0.0, 0.1, 0.6);
    }

    private static ReferenceAccuracies filled(long seed, List<String> tasks, Random random, double missing) {
        ReferenceAccuracies references = ReferenceAccuracies.empty(seed);
        for (Reference reference : Reference.values()) {
            boolean whole = random.nextInt(4) > 0;
            for (String task : tasks) {
                if (whole && random.nextDouble() >= missing) {
                    int total = random.nextBoolean() ? 4 : 1 + random.nextInt(10_000);
                    references = references.with(reference, task, random.nextInt(total + 1), total);
                }
            }
        }
        return references;
    }

    /** Accuracies [T] of one reference, NaN where it has none. */
    static double[] accuracies(ForgettingReport report, Reference reference) {
        return report.matrix().tasks().stream()
                .map(task -> report.references().cells().get(reference, task))
                .mapToDouble(cell -> cell == null ? Double.NaN : cell.correct() / (double) cell.total())
                .toArray();
    }
}
