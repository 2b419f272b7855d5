package library.jgrapht;

import library.LibraryPlugin;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/** Finds the shortest way. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        Graph<String, DefaultWeightedEdge> roads = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        for (String city : new String[] {"Bern", "Basel", "Chur", "Zug"}) {
            roads.addVertex(city);
        }
        roads.setEdgeWeight(roads.addEdge("Bern", "Basel"), 95);
        roads.setEdgeWeight(roads.addEdge("Basel", "Zug"), 100);
        roads.setEdgeWeight(roads.addEdge("Bern", "Zug"), 120);
        return new DijkstraShortestPath<>(roads).getPath("Basel", "Zug").getVertexList()
                + " "
                + new DijkstraShortestPath<>(roads).getPathWeight("Bern", "Zug")
                + " "
                + new ConnectivityInspector<>(roads).connectedSets().size();
    }
}
