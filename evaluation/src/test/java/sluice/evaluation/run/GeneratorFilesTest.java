package sluice.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import sluice.evaluation.MatrixFormatException;

/** Files of runs that train a network that generates. */
class GeneratorFilesTest {
    private static <T> String write(RunCsv<T> file, List<T> values) throws IOException {
        StringBuilder out = new StringBuilder();
        file.write(values, out);
        return out.toString();
    }

    @Test
    void boundsReadBackAsTheyWereWritten() throws IOException {
        List<BoundPoint> points = List.of(
                new BoundPoint(10, 123.456, OptionalDouble.empty()),
                new BoundPoint(20, 99.5, OptionalDouble.of(101.25)));

        String text = write(BoundPoint.FILE, points);

        assertThat(text).isEqualTo("step,train,validation\n10,123.456,\n20,99.5,101.25\n");
        assertThat(BoundPoint.FILE.read(new StringReader(text), "x")).isEqualTo(points);
    }

    @Test
    void boundsOfImagesReadBackAsTheyWereWritten() throws IOException {
        List<ImageBound> bounds = List.of(new ImageBound(1, -90.5, -95.25), new ImageBound(11, -1e-3, -2));

        String text = write(ImageBound.FILE, bounds);

        assertThat(text).startsWith("image,importance_weighted,evidence\n1,-90.5,-95.25\n");
        assertThat(ImageBound.FILE.read(new StringReader(text), "x")).isEqualTo(bounds);
    }

    @Test
    void latentsReadBackAsTheyWereWritten() throws IOException {
        List<LatentUse> latents = List.of(new LatentUse(0, 1, 10, 2.25, 0.125), new LatentUse(1, 7, 2, 0.0099, 1));

        String text = write(LatentUse.FILE, latents);

        assertThat(text)
                .isEqualTo(
                        "layer,variable,values,kl,most_used_share,used\n0,1,10,2.25,0.125,yes\n1,7,2,0.0099,1.0,no\n");
        assertThat(LatentUse.FILE.read(new StringReader(text), "x")).isEqualTo(latents);
    }

    @Test
    void aDamagedFileIsNamedWithItsLine() {
        assertThatThrownBy(() -> LatentUse.FILE.read(
                        new StringReader("layer,variable,values,kl,most_used_share,used\n0,1,10,2.25,1.5,yes\n"),
                        "x.csv"))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageStartingWith("x.csv, line 2, column most_used_share: must be in [0, 1]");
    }
}
