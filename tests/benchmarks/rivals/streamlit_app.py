"""The screen as Streamlit's documentation builds it: the frame from a function under `st.cache_data`."""

import os

import pandas as pd
import plotly.express as px
import streamlit as st


@st.cache_data
def readings() -> pd.DataFrame:
    return pd.read_parquet(os.environ["RIVAL_DATA"])


frame = readings()
sites = st.multiselect("site", sorted(frame["site"].unique()))
if sites:
    frame = frame[frame["site"].isin(sites)]
means = frame.groupby("sensor", observed=True, as_index=False)["temperature"].mean()
st.plotly_chart(px.bar(means, x="sensor", y="temperature"))
st.dataframe(frame.head(100))
