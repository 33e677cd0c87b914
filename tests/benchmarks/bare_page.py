"""The smallest page with Dash and Bootstrap components, compressed, and Bootstrap's CSS from its own server."""

import dash_bootstrap_components as dbc
from dash import Dash
from flask import Flask
from flask_bootstrap import Bootstrap5

server = Flask(__name__)
Bootstrap5(server)
app = Dash(__name__, server=server, compress=True, external_stylesheets=["/bootstrap/static/css/bootstrap.min.css"])
app.layout = dbc.Container("Hello")
