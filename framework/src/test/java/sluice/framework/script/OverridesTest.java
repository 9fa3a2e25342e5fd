package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
    private WrittenScript script;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        script = WrittenScript.in(
                folder, "data:\n  set: mnist\ntraining:\n  epochs: 7\n  batch_size: 9\ngates:\n  slope: 2\n");
    }

    private Map<String, Object> training(String... overrides) {
        return TrainingSection.settings(script.read(overrides).training());
    }

    @Test
    void anOverrideReplacesOneKeyAndLeavesItsNeighbours() {
        assertThat(training("training.epochs=3")).containsEntry("epochs", 3).containsEntry("batch_size", 9);
    }

    @Test
    void theLastOverrideOfAKeyCounts() {
        assertThat(script.read("seed=2", "seed=3").tasks().seed()).isEqualTo(3);
    }

    @Test
    void anOverrideMayBringItsSection() {
        assertThat((Map<?, ?>) script.read("network.hidden=[3, 4]").settings().get("network"))
                .isEqualTo(Map.of(
                        "hidden", ImmutableList.of(3, 4), "units", "relu", "normalisation", "none", "growth", "none"));
    }

    @Test
    void anOverrideMayReplaceASection() {
        assertThat(training("training={epochs: 3}")).containsEntry("batch_size", 64);
    }

    @Test
    void aValueMayContainEqualsSigns() {
        assertThat(script.read("description=a=b").tasks().description()).isEqualTo("a=b");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            training.epochs      | --set training.epochs: has no '=': write --set key=value
            =3                   | --set =3: has an empty key: write --set key=value
            training.=3          | --set training.=3: has an empty key
            a..b=3               | --set a..b=3: has an empty key
            training.epochs.x=3  | --set training.epochs.x=3: training.epochs: is 7 at mine.yaml:4 and has no keys
            gates.slope.start=3  | --set gates.slope.start=3: gates.slope: is 2 at mine.yaml:7 and has no keys: set gates.slope
            training.epoch=3     | --set training.epoch=3: training: unknown key 'epoch': did you mean 'epochs'?
            tranning.epochs=3    | --set tranning.epochs=3: unknown key 'tranning': did you mean 'training'?
            training.epochs=0    | --set training.epochs=0: training.epochs: must be in [1, 100000], got 0
            training.epochs=     | --set training.epochs=: training.epochs: must be a whole number, got nothing
            network.hidden=[1    | --set network.hidden=[1: not YAML: expected ',' or ']'
            seed=*x              | --set seed=*x: YAML anchors (&) and aliases (*) are not read
            seed=1~---~2         | --set seed=1 --- 2: a second YAML document begins here
            data.set=digits      | no complaint
            """)
    void aWrongOverrideIsNamedAsWritten(String option, String complaint) {
        if (complaint.equals("no complaint")) {
            assertThat(script.read(option).tasks().data().drawn()).isTrue();
        } else {
            assertThat(script.complaint(option.replace('~', '\n'))).startsWith(complaint);
        }
    }
}
