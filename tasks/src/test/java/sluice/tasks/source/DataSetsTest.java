package sluice.tasks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;

class DataSetsTest {
    @TempDir
    Path folder;

    @Test
    void everyNameOfTheTableIsFoundAndHasADescriptionOfOneLine() {
        assertThat(DataSets.TABLE)
                .allSatisfy(source -> assertThat(DataSets.named(source.name())).isSameAs(source))
                .allSatisfy(
                        source -> assertThat(source.description()).isNotBlank().doesNotContain("\n"));
        assertThat(DataSets.TABLE).extracting(DataSource::name).contains("mnist", "fashion-mnist", "idx");
    }

    @ParameterizedTest
    @CsvSource({"mnits, mnist", "MNIST, mnist", "idx3, idx", "fashion_mnist, fashion-mnist"})
    void anUnknownNameIsAnsweredWithTheNearest(String wrong, String nearest) {
        assertThatThrownBy(() -> DataSets.named(wrong))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(wrong, "did you mean '" + nearest + "'?");
    }

    @Test
    void aDataSetIsLoadedByItsName() {
        IdxBytes.writeDataSet(folder);

        DataSet loaded = DataSets.load("idx", new DataPlace.Given(folder, "--data"));

        assertThat(loaded.name()).isEqualTo("idx");
        assertThat(loaded.train().size()).isEqualTo(20);
    }
}
