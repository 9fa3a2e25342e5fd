package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;

/** What a network takes in a checkpoint. */
class NetworkStateTest {
    @Test
    void bytesOfLayersThatNoIntCountsAreCounted() {
        Layer one = new Layer(1000, 1000, new float[1_000_000], new float[1000], FullyConnected.connection(1));

        assertThat(NetworkState.bytes(Collections.nCopies(3000, one))).isEqualTo(3000L * 4 * 1_001_000);
    }
}
