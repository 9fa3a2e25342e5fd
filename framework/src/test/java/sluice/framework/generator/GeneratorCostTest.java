package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import sluice.framework.internal.random.RandomStreams;

class GeneratorCostTest {
    @SuppressWarnings("UnusedVariable") // the source of a parameter
    private static final ImmutableList<GeneratorShape> SHAPES = ImmutableList.of(
            Stripes.autoencoder(LatentLayer.bernoulli(3)),
            Stripes.autoencoder(LatentLayer.categorical(2, 3), LatentLayer.bernoulli(4)),
            Stripes.autoencoder(LatentLayer.categorical(2, 3)).withClasses(4),
            GeneratorShape.autoencoder(
                            16,
                            ImmutableList.of(LatentLayer.bernoulli(3), LatentLayer.bernoulli(2)),
                            ImmutableList.of(5, 6))
                    .withClasses(4),
            Stripes.structured(LatentLayer.bernoulli(3), LatentLayer.categorical(2, 3)));

    @ParameterizedTest
    @FieldSource("SHAPES")
    void whatIsReckonedIsWhatTheNetworkHas(GeneratorShape shape) {
        GeneratorCost cost = GeneratorCost.of(Stripes.trainer(shape, 0, 1));

        try (GeneratorParts parts = new GeneratorParts(shape, 1, -1, new RandomStreams(1))) {
            long parameters = parts.parameters().stream()
                    .mapToLong(values -> values.length)
                    .sum();
            assertThat(cost.parameters()).isEqualTo(parameters);
            assertThat(cost.perSample().inputGradient()).isEqualTo(parts.multiplyAdds());
        }
    }
}
