"""The machine: performs acts and produces what they promised. It knows shapes, not stages."""
